package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/**
 * Reads the range of blocks that {@code eth_getLogs} or {@code trace_filter} asks about, from the
 * object that is their first parameter. As strict as {@link BlockParameter}.
 *
 * <p>Reusable and not thread-safe: one an event loop. Allocates nothing.
 */
public final class BlockRange {
  private static final String[] LOGS = {"fromBlock", "toBlock", "address", "topics", "blockHash"};
  private static final String[] TRACES = {
    "fromBlock", "toBlock", "fromAddress", "toAddress", "after", "count", "mode"
  };

  private final BlockParameter end = new BlockParameter();
  private BlockWord first = BlockWord.MALFORMED;
  private BlockWord last = BlockWord.MALFORMED;
  private long firstNumber = BlockParameter.NO_NUMBER;
  private long lastNumber = BlockParameter.NO_NUMBER;

  /**
   * Reads the parameters of a call. They must be valid JSON. A call by block hash has {@link
   * BlockWord#HASH} at both ends; one that cannot be read has {@link BlockWord#MALFORMED} at both.
   */
  public void read(Method method, byte[] json, int from, int to) {
    set(BlockWord.MALFORMED);
    if (from == to || !JsonSpans.isArray(json, from)) {
      return;
    }
    int filter = JsonSpans.element(json, from, to, 0);
    if (filter < 0 || !JsonSpans.isObject(json, filter)) {
      return;
    }
    int filterEnd = JsonSpans.valueEnd(json, filter, to);
    boolean logs = method.name().equals("eth_getLogs");
    if (MemberNames.allAmong(json, filter, filterEnd, logs ? LOGS : TRACES)) {
      readFilter(json, filter, filterEnd);
    }
  }

  /** What kind of block the range begins with. */
  public BlockWord first() {
    return first;
  }

  /** What kind of block the range ends with. */
  public BlockWord last() {
    return last;
  }

  /** The first block's number, or {@link BlockParameter#NO_NUMBER}. */
  public long firstNumber() {
    return firstNumber;
  }

  /** The last block's number, or {@link BlockParameter#NO_NUMBER}. */
  public long lastNumber() {
    return lastNumber;
  }

  private void readFilter(byte[] json, int from, int to) {
    int hash = JsonSpans.member(json, from, to, "blockHash");
    int fromBlock = JsonSpans.member(json, from, to, "fromBlock");
    int toBlock = JsonSpans.member(json, from, to, "toBlock");
    if (hash >= 0) {
      boolean isHash = end(json, hash, to) == BlockWord.HASH;
      set(isHash && fromBlock < 0 && toBlock < 0 ? BlockWord.HASH : BlockWord.MALFORMED);
      return;
    }
    first = end(json, fromBlock, to);
    firstNumber = end.number();
    last = end(json, toBlock, to);
    lastNumber = end.number();
    if (first == BlockWord.HASH || last == BlockWord.HASH) {
      set(BlockWord.MALFORMED);
    }
  }

  private BlockWord end(byte[] json, int at, int to) {
    return at < 0 || JsonSpans.isNull(json, at)
        ? end.readNothing()
        : end.readValue(json, at, JsonSpans.valueEnd(json, at, to));
  }

  private void set(BlockWord both) {
    first = both;
    last = both;
    firstNumber = BlockParameter.NO_NUMBER;
    lastNumber = BlockParameter.NO_NUMBER;
  }
}
