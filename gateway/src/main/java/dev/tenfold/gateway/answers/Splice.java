package dev.tenfold.gateway.answers;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies of parameters in which one part is another. Reads valid JSON, writes valid JSON.
 *
 * @param json holds the parameters
 * @param from where they begin
 * @param to where they end, exclusive
 */
record Splice(byte[] json, int from, int to) {

  /** Where the closing bracket of the parameters stands. */
  int end() {
    return to - 1;
  }

  /** The parameters with other text in place of a part of them. */
  byte[] replace(int partFrom, int partTo, String with) {
    byte[] text = with.getBytes(StandardCharsets.UTF_8);
    byte[] params = Arrays.copyOfRange(json, from, to - (partTo - partFrom) + text.length);
    System.arraycopy(text, 0, params, partFrom - from, text.length);
    System.arraycopy(json, partTo, params, partFrom - from + text.length, to - partTo);
    return params;
  }

  /** The filter object with these members in place of those that name blocks. */
  String filterWith(int filterFrom, int filterTo, String members) {
    StringBuilder filter = new StringBuilder("{").append(members);
    int at = JsonSpans.skipSpace(json, filterFrom + 1, filterTo);
    while (json[at] != '}') {
      int nameEnd = JsonSpans.valueEnd(json, at, filterTo);
      int value =
          JsonSpans.skipSpace(json, JsonSpans.skipSpace(json, nameEnd, filterTo) + 1, filterTo);
      int end = JsonSpans.valueEnd(json, value, filterTo);
      if (!JsonSpans.stringEquals(json, at, nameEnd, "fromBlock")
          && !JsonSpans.stringEquals(json, at, nameEnd, "toBlock")) {
        filter.append(',').append(new String(json, at, end - at, StandardCharsets.UTF_8));
      }
      at = JsonSpans.skipSpace(json, end, filterTo);
      if (json[at] == ',') {
        at = JsonSpans.skipSpace(json, at + 1, filterTo);
      }
    }
    return filter.append('}').toString();
  }
}
