package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import java.util.Set;

/**
 * Finds the block that an answer names: the {@code number} of a block, the {@code blockNumber} of a
 * transaction, receipt or trace, or that of all elements of a list of such.
 *
 * <p>Stateless. Walks the answer once, without building anything: microseconds for a receipt, about
 * a millisecond for a megabyte of logs.
 */
public final class AnswerBlock {
  /** The answer names no block. */
  public static final long NONE = -1;

  private static final Set<String> BLOCKS =
      Set.of(
          "eth_getBlockByNumber",
          "eth_getBlockByHash",
          "erigon_getHeaderByNumber",
          "erigon_getHeaderByHash");
  private static final Set<String> PARTS =
      Set.of(
          "eth_getTransactionByHash",
          "eth_getTransactionReceipt",
          "eth_getTransactionBySenderAndNonce",
          "eth_getTransactionByBlockNumberAndIndex",
          "eth_getTransactionByBlockHashAndIndex",
          "trace_get");
  private static final Set<String> LISTS =
      Set.of("eth_getBlockReceipts", "eth_getLogs", "trace_block", "trace_transaction");

  private AnswerBlock() {}

  /** True if answers to the method name their block, unless they are empty. */
  public static boolean isNamedBy(Method method) {
    String name = method.name();
    return BLOCKS.contains(name) || PARTS.contains(name) || LISTS.contains(name);
  }

  /**
   * The number of the block that the answer is about; of several, the highest; {@link #NONE} if it
   * names none: {@code null}, an empty list, an element without a number (a pending transaction),
   * or a method whose answers do not say.
   *
   * @param result the value of {@code result}, valid JSON
   */
  public static long of(Method method, byte[] result) {
    int from = JsonSpans.skipSpace(result, 0, result.length);
    String name = method.name();
    if (BLOCKS.contains(name)) {
      return member(result, from, "number");
    }
    if (PARTS.contains(name)) {
      return member(result, from, "blockNumber");
    }
    return LISTS.contains(name) ? highest(result, from) : NONE;
  }

  private static long member(byte[] json, int from, String name) {
    if (from >= json.length || !JsonSpans.isObject(json, from)) {
      return NONE;
    }
    int at = JsonSpans.member(json, from, json.length, name);
    return at < 0 ? NONE : Quantity.parse(json, at, JsonSpans.valueEnd(json, at, json.length));
  }

  private static long highest(byte[] json, int from) {
    if (from >= json.length || !JsonSpans.isArray(json, from)) {
      return NONE;
    }
    long highest = NONE;
    int at = JsonSpans.skipSpace(json, from + 1, json.length);
    while (json[at] != ']') {
      long number = member(json, at, "blockNumber");
      if (number == NONE) {
        return NONE;
      }
      highest = Math.max(highest, number);
      at = JsonSpans.skipSpace(json, JsonSpans.valueEnd(json, at, json.length), json.length);
      if (json[at] == ',') {
        at = JsonSpans.skipSpace(json, at + 1, json.length);
      }
    }
    return highest;
  }
}
