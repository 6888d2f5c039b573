package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a block: its place in the chain, and what tells whether an answer about it
 * can be whole. Immutable; about 400 bytes.
 *
 * @param number its height
 * @param hash its own hash
 * @param parent the hash of the block before it
 * @param timestamp in seconds since 1970, as the block says; 0 if it does not
 * @param transactions how many it has, or {@link #UNKNOWN_COUNT}
 * @param uncles how many it has, or {@link #UNKNOWN_COUNT}
 * @param bloom which logs it may have
 */
public record BlockHeader(
    long number,
    BlockHash hash,
    BlockHash parent,
    long timestamp,
    int transactions,
    int uncles,
    LogsBloom bloom) {
  /** The node's answer had no such list. */
  public static final int UNKNOWN_COUNT = -1;

  /**
   * Reads the answer to {@code eth_getBlockByNumber} or its twin.
   *
   * @param json valid JSON
   * @return null if it is no block with number, hash and parent hash
   */
  public static @Nullable BlockHeader parse(byte[] json) {
    int from = JsonSpans.skipSpace(json, 0, json.length);
    if (from >= json.length || !JsonSpans.isObject(json, from)) {
      return null;
    }
    BlockHash hash = hash(json, from, "hash");
    BlockHash parent = hash(json, from, "parentHash");
    long number = quantity(json, from, "number");
    if (hash == null || parent == null || number < 0) {
      return null;
    }
    return new BlockHeader(
        number,
        hash,
        parent,
        Math.max(0, quantity(json, from, "timestamp")),
        count(json, from, "transactions"),
        count(json, from, "uncles"),
        bloom(json, from));
  }

  /** True if this block comes directly after the other one, by number and hash. */
  public boolean isChildOf(BlockHeader other) {
    return number == other.number + 1 && parent.equals(other.hash);
  }

  private static @Nullable BlockHash hash(byte[] json, int from, String name) {
    int at = JsonSpans.member(json, from, json.length, name);
    return at < 0 ? null : BlockHash.parse(json, at, JsonSpans.valueEnd(json, at, json.length));
  }

  private static long quantity(byte[] json, int from, String name) {
    int at = JsonSpans.member(json, from, json.length, name);
    return at < 0 ? -1 : JsonSpans.hexQuantity(json, at, JsonSpans.valueEnd(json, at, json.length));
  }

  private static int count(byte[] json, int from, String name) {
    int at = JsonSpans.member(json, from, json.length, name);
    return at < 0 || !JsonSpans.isArray(json, at)
        ? UNKNOWN_COUNT
        : JsonSpans.elementCount(json, at, JsonSpans.valueEnd(json, at, json.length));
  }

  private static LogsBloom bloom(byte[] json, int from) {
    int at = JsonSpans.member(json, from, json.length, "logsBloom");
    return at < 0
        ? LogsBloom.UNKNOWN
        : LogsBloom.parse(json, at, JsonSpans.valueEnd(json, at, json.length));
  }
}
