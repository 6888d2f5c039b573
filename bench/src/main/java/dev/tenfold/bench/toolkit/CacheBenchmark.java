package dev.tenfold.bench.toolkit;

/** {@code bench/run cache}. */
final class CacheBenchmark {
  private CacheBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "cache",
            "A key is looked up, or put",
            """
            Each thread asks for 10,000 keys by Zipf's law, all of which are there; of 100 operations, `puts` put. `tenfold` is `MemoryCache` (bytes, a life for each entry, hits and misses counted), `caffeine` a
            Caffeine cache bounded by entries and nothing else, `caffeineWithAll` one with weights, `expireAfterWrite`, statistics and upkeep on the caller, `referenceLruMended` the LRU of the Go toolkit
            behind one lock: as it is written its readers spoil its list (a race that the module `stress` shows), so that it cannot be measured on several threads.\
            """)
        .of(CacheMicro.class, 1, 8)
        .then(HitRatios::write);
  }
}
