package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import java.util.HexFormat;

/**
 * The addresses and topics of an {@code eth_getLogs} filter, held against the bloom of a block. It
 * is asked only about empty answers, so it may allocate. Stateless.
 *
 * <p>A log matches if its address is one of those given, and at each position its topic is one of
 * those given there; what is {@code null}, left out or empty matches all.
 */
public final class LogsFilter {
  private LogsFilter() {}

  /**
   * True if the bloom says that the block may have logs for this filter, so that an empty answer is
   * to be doubted. False where nothing can be said: the bloom is not known, or the filter cannot be
   * read.
   *
   * @param params the parameters of the call, valid JSON, from {@code from} to {@code to}
   */
  public static boolean mayMatch(byte[] params, int from, int to, LogsBloom bloom) {
    int filter = from == to ? -1 : JsonSpans.element(params, from, to, 0);
    if (bloom == LogsBloom.UNKNOWN || bloom == LogsBloom.EMPTY || filter < 0) {
      return false;
    }
    int end = JsonSpans.valueEnd(params, filter, to);
    try {
      int address = JsonSpans.member(params, filter, end, "address");
      int topics = JsonSpans.member(params, filter, end, "topics");
      return (address < 0 || anyMayBeThere(params, address, end, bloom))
          && (topics < 0 || eachPosition(params, topics, end, bloom));
    } catch (IllegalArgumentException notHex) {
      return false;
    }
  }

  private static boolean eachPosition(byte[] json, int topics, int end, LogsBloom bloom) {
    if (!JsonSpans.isArray(json, topics)) {
      return JsonSpans.isNull(json, topics);
    }
    int count = JsonSpans.elementCount(json, topics, end);
    for (int i = 0; i < count; i++) {
      if (!anyMayBeThere(json, JsonSpans.element(json, topics, end, i), end, bloom)) {
        return false;
      }
    }
    return true;
  }

  /** True for null, for an empty list, and if one of the values may be in the block. */
  private static boolean anyMayBeThere(byte[] json, int at, int end, LogsBloom bloom) {
    if (!JsonSpans.isArray(json, at)) {
      return JsonSpans.isNull(json, at) || bloom.mayContain(bytes(json, at, end));
    }
    int count = JsonSpans.elementCount(json, at, end);
    for (int i = 0; i < count; i++) {
      if (anyMayBeThere(json, JsonSpans.element(json, at, end, i), end, bloom)) {
        return true;
      }
    }
    return count == 0;
  }

  private static byte[] bytes(byte[] json, int at, int end) {
    if (!JsonSpans.isString(json, at)) {
      throw new IllegalArgumentException("neither a string nor a list");
    }
    String text = JsonSpans.string(json, at, JsonSpans.valueEnd(json, at, end));
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException("no hex data");
    }
    return HexFormat.of().parseHex(text, "0x".length(), text.length());
  }
}
