package dev.tenfold.bench.toolkit;

/** {@code bench/run jsonrpc}. */
final class JsonRpcBenchmark {
  private JsonRpcBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "jsonrpc",
            "A request and a reply are taken apart",
            """
            In a request of some 80 bytes, or a batch of 20, the method, the `id` and the `params` of each call are found; in a reply of 1.6 KB its result. All are seen to find the same first. `tenfold` is `RequestScanner`
            and `ReplyScanner`, which check all that JSON and JSON-RPC ask for; `jacksonStreaming` a loop over the tokens of Jackson's parser; `jacksonTree` `ObjectMapper.readTree`, with parameters and result printed again.\
            """)
        .of(JsonRpcRequestMicro.class, 1)
        .of(JsonRpcReplyMicro.class, 1);
  }
}
