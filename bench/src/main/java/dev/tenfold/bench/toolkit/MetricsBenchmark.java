package dev.tenfold.bench.toolkit;

/** {@code bench/run metrics}. */
final class MetricsBenchmark {
  private MetricsBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "metrics",
            "A latency is recorded",
            """
            An operation records one latency (exponential, mean 2 ms) in a place that all threads share; none reads a clock. `tenfold` is `RequestMetrics.record` (count, sum, histogram of 1.6%),
            `hdrRecorder` HdrHistogram's `Recorder` of 2 digits (histogram), `micrometerTimer` a `Timer` of a `SimpleMeterRegistry` (count, sum, maximum), `micrometerPercentiles` the same that
            publishes two percentiles, and `lockAndFields` a count and a sum behind a `ReentrantLock`.\
            """)
        .of(MetricsMicro.class, 1, 2, 8);
  }
}
