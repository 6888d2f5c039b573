package dev.tenfold.gateway.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.metrics.RequestMetrics;
import java.util.List;

/** The figures since start, as JSON for people and small programs. */
public final class Stats {
  private static final double NANOS_A_MILLI = 1e6;
  private static final double MEDIAN = 50;
  private static final double NEARLY_ALL = 99;

  private final ObjectMapper json = new ObjectMapper();
  private final CallMetrics calls;
  private final CacheCounts cache;
  private final List<ChainGauges> chains;

  public Stats(CallMetrics calls, CacheCounts cache, List<ChainGauges> chains) {
    this.calls = calls;
    this.cache = cache;
    this.chains = List.copyOf(chains);
  }

  /** The page. */
  public String page() {
    RequestMetrics.Snapshot now = calls.snapshot();
    ObjectNode page = json.createObjectNode();
    page.put("request_count", now.requestCount());
    page.put("avg_latency_ms", millis(now.averageLatencyNanos()));
    page.put("error_rate", now.errorRate());
    page.put("active_requests", now.activeRequests());
    page.put("p50_ms", millis((double) now.percentile(MEDIAN)));
    page.put("p99_ms", millis((double) now.percentile(NEARLY_ALL)));
    page.put("cache_hits", cache.hits());
    page.put("cache_misses", cache.misses());
    ObjectNode byName = page.putObject("chains");
    chains.forEach(chain -> describe(byName.putObject(chain.chain()), chain));
    return page.toPrettyString() + "\n";
  }

  private static void describe(ObjectNode node, ChainGauges chain) {
    Snapshot snapshot = chain.snapshot().get();
    node.put("ready", chain.ready().getAsBoolean());
    node.put("head", snapshot.head());
    node.put("finalized", snapshot.finalized());
    node.put("upstream_calls", chain.nodes().stream().mapToLong(NodeCounts::calls).sum());
    node.put("upstream_polls", chain.nodes().stream().mapToLong(NodeCounts::polls).sum());
  }

  private static double millis(double nanos) {
    return Math.round(nanos / NANOS_A_MILLI * 1e3) / 1e3;
  }
}
