package dev.tenfold.bench.toolkit;

/** {@code bench/run batching}. */
final class BatchingBenchmark {
  private BatchingBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "batching",
            "An item is written",
            """
            One thread writes 1,000 items and waits until all are written. A call of the sink works for `callWork` tokens of `Blackhole.consumeCPU` (a token is about 2 ns) and 20 for each item: what a statement costs beyond its rows.
            `tenfold` is `BatchWriter` in batches of 100, `plainLoop` a call for each item, `queueAndDrainTo` an `ArrayBlockingQueue` with a thread that calls `drainTo` (no age, no bytes, no retries, no drain on close).
            Against a real PostgreSQL: the report of `bench/run accounts`.\
            """)
        .of(BatchingMicro.class, 1);
  }
}
