package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import java.util.Set;

/**
 * Tells a result that says "I do not have this block" from one that says "there is no such thing in
 * this block". Nodes answer both with {@code null}; the first comes from a node that lags or is on
 * another fork, and is never an answer about a block that is known to be there. Stateless.
 */
public final class MissingBlock {
  private static final Set<String> NULL_SAYS_SO =
      Set.of(
          "eth_getBlockByNumber",
          "eth_getBlockByHash",
          "eth_getBlockTransactionCountByNumber",
          "eth_getBlockTransactionCountByHash",
          "eth_getUncleCountByBlockNumber",
          "eth_getUncleCountByBlockHash",
          "eth_getBlockReceipts",
          "debug_getRawHeader",
          "debug_getRawBlock",
          "debug_getRawReceipts",
          "debug_traceBlockByNumber",
          "debug_traceBlockByHash",
          "trace_block",
          "trace_replayBlockTransactions",
          "erigon_getHeaderByNumber",
          "erigon_getHeaderByHash");

  private MissingBlock() {}

  /**
   * True if the result says that the node does not have the block.
   *
   * @param params the parameters of the call, valid JSON, from {@code from} to {@code to}
   * @param block what is known of the block
   * @param result valid JSON
   */
  public static boolean isSaidBy(
      Method method, byte[] params, int from, int to, BlockHeader block, byte[] result) {
    int at = JsonSpans.skipSpace(result, 0, result.length);
    if (!JsonSpans.isNull(result, at)) {
      return method.name().equals("eth_getBlockReceipts")
          && block.transactions() > 0
          && JsonSpans.isArray(result, at)
          && JsonSpans.elementCount(result, at, result.length) == 0;
    }
    return NULL_SAYS_SO.contains(method.name())
        || hasElement(method, params, from, to, block.transactions(), "eth_getTransactionByBlock")
        || hasElement(method, params, from, to, block.uncles(), "eth_getUncleByBlock");
  }

  /** True for a method "by index" whose index is one that the block has. */
  private static boolean hasElement(
      Method method, byte[] params, int from, int to, int count, String prefix) {
    if (!method.name().startsWith(prefix) || !method.name().endsWith("AndIndex")) {
      return false;
    }
    int at = from == to ? -1 : JsonSpans.element(params, from, to, 1);
    long index =
        at < 0 ? -1 : JsonSpans.hexQuantity(params, at, JsonSpans.valueEnd(params, at, to));
    return index >= 0 && index < count;
  }
}
