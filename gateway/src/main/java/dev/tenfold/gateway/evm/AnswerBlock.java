package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the block that an answer names: {@code number} and {@code hash} of a block, {@code
 * blockNumber} and {@code blockHash} of a transaction, receipt or trace, or those of all elements
 * of a list of such.
 *
 * <p>Stateless. Walks the answer once, without building anything: microseconds for a receipt, about
 * a millisecond for a megabyte of logs.
 */
public final class AnswerBlock {
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
   * The block that the answer names; {@link NamedBlock#NONE} if it names none: {@code null}, an
   * empty list, an element without a number (a pending transaction), or a method whose answers do
   * not say.
   *
   * @param result the value of {@code result}, valid JSON
   */
  public static NamedBlock of(Method method, byte[] result) {
    int from = JsonSpans.skipSpace(result, 0, result.length);
    String name = method.name();
    if (from >= result.length) {
      return NamedBlock.NONE;
    }
    if (BLOCKS.contains(name)) {
      return named(result, from, "number", "hash");
    }
    if (PARTS.contains(name)) {
      return named(result, from, "blockNumber", "blockHash");
    }
    return LISTS.contains(name) ? ofAll(result, from) : NamedBlock.NONE;
  }

  private static NamedBlock named(byte[] json, int from, String number, String hash) {
    if (!JsonSpans.isObject(json, from)) {
      return NamedBlock.NONE;
    }
    int at = JsonSpans.member(json, from, json.length, number);
    int hashAt = JsonSpans.member(json, from, json.length, hash);
    long value =
        at < 0
            ? NamedBlock.NO_NUMBER
            : Quantity.parse(json, at, JsonSpans.valueEnd(json, at, json.length));
    return value == NamedBlock.NO_NUMBER
        ? NamedBlock.NONE
        : new NamedBlock(value, hashAt < 0 ? null : hash(json, hashAt));
  }

  private static @Nullable BlockHash hash(byte[] json, int at) {
    return BlockHash.parse(json, at, JsonSpans.valueEnd(json, at, json.length));
  }

  private static NamedBlock ofAll(byte[] json, int from) {
    if (!JsonSpans.isArray(json, from)) {
      return NamedBlock.NONE;
    }
    NamedBlock all = NamedBlock.NONE;
    int at = JsonSpans.skipSpace(json, from + 1, json.length);
    while (json[at] != ']') {
      NamedBlock one = named(json, at, "blockNumber", "blockHash");
      if (!one.isNamed()) {
        return NamedBlock.NONE;
      }
      all = all.isNamed() ? together(all, one) : one;
      at = JsonSpans.skipSpace(json, JsonSpans.valueEnd(json, at, json.length), json.length);
      if (json[at] == ',') {
        at = JsonSpans.skipSpace(json, at + 1, json.length);
      }
    }
    return all;
  }

  private static NamedBlock together(NamedBlock all, NamedBlock one) {
    return all.equals(one) ? all : new NamedBlock(Math.max(all.number(), one.number()), null);
  }
}
