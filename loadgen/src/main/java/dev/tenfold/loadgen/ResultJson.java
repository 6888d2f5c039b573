package dev.tenfold.loadgen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.HdrHistogram.Histogram;

/** A result as JSON. Times are in seconds or milliseconds, as their names say. */
final class ResultJson {
  private static final double NANOS_A_MICRO = 1e3;
  private static final double NANOS_A_MILLI = 1e6;
  private static final double NANOS_A_SECOND = 1e9;

  private ResultJson() {}

  static ObjectNode of(LoadResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    plan(json.putObject("plan"), result.plan());
    json.put("elapsed_s", result.elapsed().toNanos() / NANOS_A_SECOND);
    json.put("sent", result.sent());
    json.put("calls", result.calls());
    json.put("good", result.good());
    json.put("failed", result.failed());
    json.put("unsent", result.unsent());
    json.put("throughput_per_s", result.throughput());
    json.put("received_bytes", result.receivedBytes());
    json.put("reopened", result.reopened());
    json.put("hit_ratio", result.hitRatio());
    ObjectNode errors = json.putObject("errors");
    result.errors().forEach(errors::put);
    ObjectNode latency = json.putObject("latency");
    figures(latency.putObject("all"), result.latency());
    figures(latency.putObject("hits"), result.hits());
    figures(latency.putObject("misses"), result.misses());
    ObjectNode generator = json.putObject("generator");
    generator.put("cpu_share", result.cpuShare());
    generator.put(
        "cpu_us_per_request", result.cpu().toNanos() / NANOS_A_MICRO / Math.max(1, result.sent()));
    generator.put("late", result.late());
    figures(generator.putObject("lateness"), result.lateness());
    ArrayNode warnings = json.putArray("warnings");
    result.warnings().forEach(warnings::add);
    return json;
  }

  private static void plan(ObjectNode json, LoadPlan plan) {
    json.put("loop", plan.arrivals() instanceof Arrivals.Open ? "open" : "closed");
    if (plan.arrivals() instanceof Arrivals.Open open) {
      json.put("rate_per_s", open.rate());
    }
    json.put("mix", plan.mix().name());
    json.put("warm_up_s", plan.warmUp().toNanos() / NANOS_A_SECOND);
    json.put("duration_s", plan.duration().toNanos() / NANOS_A_SECOND);
    if (plan.requests() < Long.MAX_VALUE) {
      json.put("requests", plan.requests());
    }
    json.put("connections", plan.connections());
    json.put("timeout_s", plan.timeout().toNanos() / NANOS_A_SECOND);
    json.put("seed", plan.seed());
  }

  private static void figures(ObjectNode json, Histogram nanos) {
    Latency latency = Latency.of(nanos);
    json.put("count", latency.count());
    json.put("mean_ms", latency.meanNanos() / NANOS_A_MILLI);
    json.put("p50_ms", latency.p50Nanos() / NANOS_A_MILLI);
    json.put("p90_ms", latency.p90Nanos() / NANOS_A_MILLI);
    json.put("p99_ms", latency.p99Nanos() / NANOS_A_MILLI);
    json.put("p99_9_ms", latency.p999Nanos() / NANOS_A_MILLI);
    json.put("p99_99_ms", latency.p9999Nanos() / NANOS_A_MILLI);
    json.put("max_ms", latency.maxNanos() / NANOS_A_MILLI);
  }
}
