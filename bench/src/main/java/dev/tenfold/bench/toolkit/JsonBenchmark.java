package dev.tenfold.bench.toolkit;

/** {@code bench/run json}. */
final class JsonBenchmark {
  private JsonBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "json",
            "An order becomes JSON, and JSON an order",
            """
            An order is a record with a list of `lines` records and a map: some 300 bytes with 4 lines, 2 KB with 40. `tenfold` is `Json.toBytes` and `fromBytes`, `objectMapper` Jackson's `ObjectMapper` as most use it,
            `cachedWriter` and `cachedReader` its `ObjectWriter` and `ObjectReader` kept for the type, `fastjson2` `JSON.toJSONBytes` and `parseObject`. All are seen to write the same value and to read the same order first. Ours
            refuses text after the value and UTF-8 that is not strict; the others, as they are set up by default, take some of that.
            `JsonOnVirtualThreads`: an operation is a virtual thread, from its start to its end, that reads an order with 4 lines and writes it; 10,000 are started at a time.\
            """)
        .of(JsonWriteMicro.class, 1)
        .of(JsonReadMicro.class, 1)
        .of(JsonOnVirtualThreadsMicro.class, 1);
  }
}
