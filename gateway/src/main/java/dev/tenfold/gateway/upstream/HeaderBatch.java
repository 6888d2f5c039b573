package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import dev.tenfold.toolkit.jsonrpc.ReplyScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC batch that asks for the blocks from one number to another. All of them, or none:
 * what is not a batch of answers to just these questions brings nothing.
 */
final class HeaderBatch {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MAX_DEPTH = 64;

  private final long from;
  private final int size;

  HeaderBatch(long from, long to) {
    this.from = from;
    this.size = Math.toIntExact(to - from + 1);
  }

  /** How many blocks are asked for. */
  int size() {
    return size;
  }

  /** The request; the questions have ids from this one on. */
  byte[] body(long firstId) {
    StringBuilder json = new StringBuilder(size * 96).append('[');
    for (int i = 0; i < size; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"jsonrpc\":\"2.0\",\"id\":")
          .append(firstId + i)
          .append(",\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x")
          .append(Long.toHexString(from + i))
          .append("\",false]}");
    }
    return json.append(']').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads what came back, in whatever order.
   *
   * @param status of HTTP
   */
  Answer read(int status, byte[] body, long firstId) {
    if (status == TOO_MANY_REQUESTS) {
      return Answer.of(Failure.NODE_RATE_LIMITED);
    }
    // A node need not take batches: that it does not is an answer, and no reason to blame it.
    int start = JsonSpans.skipSpace(body, 0, body.length);
    boolean batch =
        new ReplyScanner(MAX_DEPTH).scan(body, 0, body.length) == ReplyScanner.Reply.NOT_AN_OBJECT
            && JsonSpans.isArray(body, start);
    return batch ? members(body, start, firstId) : Answer.of(Failure.NODE_ERROR);
  }

  private Answer members(byte[] body, int start, long firstId) {
    BlockHeader[] headers = new BlockHeader[size];
    ReplyScanner scanner = new ReplyScanner(MAX_DEPTH);
    int count = JsonSpans.elementCount(body, start, body.length);
    int at = start + 1;
    for (int i = 0; i < count; i++) {
      at = JsonSpans.skipSpace(body, at, body.length);
      int end = JsonSpans.valueEnd(body, at, body.length);
      if (!put(headers, body, scanner, at, end, firstId)) {
        return Answer.of(Failure.NODE_ERROR);
      }
      at = JsonSpans.skipSpace(body, end, body.length) + 1;
    }
    boolean whole = Arrays.stream(headers).allMatch(header -> header != null);
    return whole ? new Answer(List.of(headers), null) : Answer.of(Failure.NODE_ERROR);
  }

  private boolean put(
      BlockHeader[] headers, byte[] body, ReplyScanner scanner, int from, int to, long firstId) {
    if (scanner.scan(body, from, to) != ReplyScanner.Reply.RESULT) {
      return false;
    }
    long index = decimal(body, scanner.idFrom(), scanner.idTo()) - firstId;
    BlockHeader header =
        BlockHeader.parse(Arrays.copyOfRange(body, scanner.resultFrom(), scanner.resultTo()));
    if (index < 0 || index >= size || header == null || headers[(int) index] != null) {
      return false;
    }
    headers[(int) index] = header;
    return true;
  }

  private static long decimal(byte[] json, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      if (json[i] < '0' || json[i] > '9' || i - from > 17) {
        return -1;
      }
      value = 10 * value + (json[i] - '0');
    }
    return to > from ? value : -1;
  }

  /**
   * What came back.
   *
   * @param headers by number, or none
   * @param failure why there are none, or null
   */
  record Answer(List<BlockHeader> headers, @Nullable Failure failure) {
    static Answer of(Failure failure) {
      return new Answer(List.of(), failure);
    }
  }
}
