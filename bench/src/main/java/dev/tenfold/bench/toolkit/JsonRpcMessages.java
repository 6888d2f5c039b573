package dev.tenfold.bench.toolkit;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A call, a batch of calls, and the answer to a call. */
final class JsonRpcMessages {
  private JsonRpcMessages() {}

  /** Some 80 bytes a call. */
  static byte[] calls(int count) {
    String calls =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x%x\",false]}"
                        .formatted(i, 4_711 + i))
            .collect(Collectors.joining(","));
    return (count == 1 ? calls : "[" + calls + "]").getBytes(StandardCharsets.US_ASCII);
  }

  /** A block of some 1.6 KB. */
  static byte[] reply() {
    String hash = "\"0x" + "0123456789abcdef".repeat(4) + "\"";
    String members =
        IntStream.range(0, 8)
            .mapToObj(i -> "\"hash%d\":%s".formatted(i, hash))
            .collect(Collectors.joining(","));
    String logs = "\"logsBloom\":\"0x" + "00".repeat(256) + "\"";
    String hashes = IntStream.range(0, 5).mapToObj(i -> hash).collect(Collectors.joining(","));
    return ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"number\":\"0x1267\","
            + members
            + ","
            + logs
            + ",\"transactions\":["
            + hashes
            + "]}}")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
