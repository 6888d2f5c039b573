package dev.tenfold.gateway.telemetry;

import dev.tenfold.toolkit.metrics.RequestMetrics;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.stream.LongStream;

/** The latencies of calls as a Prometheus histogram. */
final class DurationHistogram implements Collector {
  private static final String NAME = "tenfold_request_duration_seconds";
  private static final double NANOS = 1e9;
  private static final long[] BOUNDS_MICROS = {
    50,
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    30_000_000
  };
  private static final long[] BOUNDS_NANOS =
      LongStream.of(BOUNDS_MICROS).map(micros -> micros * 1_000).toArray();

  private final CallMetrics calls;

  DurationHistogram(CallMetrics calls) {
    this.calls = calls;
  }

  @Override
  public HistogramSnapshot collect() {
    RequestMetrics.Snapshot now = calls.snapshot();
    long[] cumulative = now.cumulative(BOUNDS_NANOS);
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long below = 0;
    for (int i = 0; i < cumulative.length; i++) {
      buckets.bucket(BOUNDS_NANOS[i] / NANOS, cumulative[i] - below);
      below = cumulative[i];
    }
    buckets.bucket(Double.POSITIVE_INFINITY, now.requestCount() - below);
    return HistogramSnapshot.builder()
        .name(NAME)
        .help("How long JSON-RPC calls took, from the arrival of the body to the answer")
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(Labels.EMPTY)
                .classicHistogramBuckets(buckets.build())
                .sum(now.sumNanos() / NANOS)
                .build())
        .build();
  }
}
