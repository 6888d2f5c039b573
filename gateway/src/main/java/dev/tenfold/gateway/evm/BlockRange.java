package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import org.jspecify.annotations.Nullable;

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
  private int filterFrom = BlockParameter.NOWHERE;
  private int filterTo = BlockParameter.NOWHERE;
  private int firstFrom = BlockParameter.NOWHERE;
  private int lastFrom = BlockParameter.NOWHERE;
  private int hashFrom = BlockParameter.NOWHERE;

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
    filterFrom = filter;
    filterTo = JsonSpans.valueEnd(json, filter, to);
    boolean logs = method.name().equals("eth_getLogs");
    if (MemberNames.allAmong(json, filterFrom, filterTo, logs ? LOGS : TRACES)) {
      readFilter(json, filterFrom, filterTo);
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

  /** Where the filter object begins, or {@link BlockParameter#NOWHERE}. */
  public int filterFrom() {
    return filterFrom;
  }

  /** Where the filter object ends, exclusive. */
  public int filterTo() {
    return filterTo;
  }

  /** Where the value of {@code fromBlock} begins, or {@link BlockParameter#NOWHERE}. */
  public int firstFrom() {
    return firstFrom;
  }

  /** Where the value of {@code toBlock} begins, or {@link BlockParameter#NOWHERE}. */
  public int lastFrom() {
    return lastFrom;
  }

  /** The hash of the one block, read from the same JSON, or null where there is none. */
  public @Nullable BlockHash hash(byte[] json) {
    return hashFrom == BlockParameter.NOWHERE
        ? null
        : BlockHash.parse(json, hashFrom, hashFrom + BlockHash.JSON_LENGTH);
  }

  private void readFilter(byte[] json, int from, int to) {
    int hash = JsonSpans.member(json, from, to, "blockHash");
    int fromBlock = JsonSpans.member(json, from, to, "fromBlock");
    int toBlock = JsonSpans.member(json, from, to, "toBlock");
    if (hash >= 0) {
      boolean isHash = end(json, hash, to) == BlockWord.HASH;
      boolean alone = fromBlock < 0 && toBlock < 0;
      set(isHash && alone ? BlockWord.HASH : BlockWord.MALFORMED);
      hashFrom = isHash && alone ? hash : BlockParameter.NOWHERE;
      return;
    }
    firstFrom = fromBlock;
    lastFrom = toBlock;
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
    firstFrom = BlockParameter.NOWHERE;
    lastFrom = BlockParameter.NOWHERE;
    hashFrom = BlockParameter.NOWHERE;
  }
}
