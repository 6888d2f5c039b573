package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.MissReason;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** The misses by method and reason as a Prometheus counter: only of those pairs that there were. */
final class MissesByMethod implements Collector {
  private static final String NAME = "tenfold_cache_misses_by_method";

  private final CacheCounts cache;

  MissesByMethod(CacheCounts cache) {
    this.cache = cache;
  }

  @Override
  public CounterSnapshot collect() {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name(NAME)
            .help(
                "Calls that went to a node, by method and reason; methods without a row are other");
    for (MethodCounts counts : cache.all()) {
      for (MissReason reason : MissReason.values()) {
        long misses = counts.misses(reason);
        if (misses > 0) {
          counter.dataPoint(point(counts.method(), reason, misses));
        }
      }
    }
    return counter.build();
  }

  private static CounterDataPointSnapshot point(String method, MissReason reason, long misses) {
    return CounterDataPointSnapshot.builder()
        .labels(Labels.of("method", method, "reason", reason.token()))
        .value((double) misses)
        .build();
  }
}
