package dev.tenfold.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.loadgen.Latency;

/** The table as JSON. What the system does not tell is null. */
final class DemoJson {
  private static final double NANOS_A_MILLI = 1e6;
  private static final double NANOS_A_SECOND = 1e9;

  private DemoJson() {}

  static ObjectNode of(DemoResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("java", Runtime.version().toString());
    json.put("took_s", result.took().toNanos() / NANOS_A_SECOND);
    json.put("node_latency_ms", DemoPlan.NODE_LATENCY.toMillis());
    json.put("block_time_s", DemoPlan.BLOCK_TIME.toSeconds());
    json.put("connections", DemoPlan.CONNECTIONS);
    json.put("steady_rate_per_s", result.plan().rate());
    json.put("steady_s", result.plan().steady().toNanos() / NANOS_A_SECOND);
    json.put("step_s", result.plan().step().toNanos() / NANOS_A_SECOND);
    ArrayNode flags = json.putArray("jvm_flags");
    Workplace.flags().forEach(flags::add);
    ArrayNode mix = json.putArray("mix");
    result
        .mix()
        .calls()
        .forEach(
            call ->
                mix.addObject()
                    .put("method", call.method())
                    .put("weight", call.weight())
                    .put("params", call.params()));
    ArrayNode columns = json.putArray("columns");
    result.columns().forEach(column -> column(columns.addObject(), column));
    return json;
  }

  private static void column(ObjectNode json, Column column) {
    Latency latency = Latency.of(column.steady().latency());
    json.put("name", column.name());
    ArrayNode flags = json.putArray("jvm_flags");
    column.flags().forEach(flags::add);
    json.put("latency_p50_ms", latency.p50Nanos() / NANOS_A_MILLI);
    json.put("latency_p99_ms", latency.p99Nanos() / NANOS_A_MILLI);
    json.put("hits_p99_ms", column.steady().hits().getValueAtPercentile(99) / NANOS_A_MILLI);
    json.put("throughput_per_s", column.maximum().throughput());
    json.put("throughput_p99_ms", column.maximum().p99Nanos() / NANOS_A_MILLI);
    column
        .residentBytes()
        .ifPresentOrElse(
            bytes -> json.put("memory_bytes", bytes), () -> json.putNull("memory_bytes"));
    column
        .cpuShare()
        .ifPresentOrElse(share -> json.put("cpu_share", share), () -> json.putNull("cpu_share"));
    json.put("gc_pause_longest_ms", column.pauses().longestMillis());
    json.put("gc_pauses", column.pauses().count());
    json.put("gc_pause_longest_before_ms", column.earlierPauses().longestMillis());
    json.put("gc_pauses_before", column.earlierPauses().count());
    json.put("upstream_calls", column.upstreamCalls());
    json.put("requests", column.steady().sent());
    json.put("failed", column.steady().failed());
    json.put("unsent", column.steady().unsent());
    json.put("load_late_at_most_ms", column.steady().lateness().getMaxValue() / NANOS_A_MILLI);
    json.put("hit_ratio", column.steady().hitRatio());
    json.put("hit_ratio_at_maximum", column.maximum().hitRatio());
  }
}
