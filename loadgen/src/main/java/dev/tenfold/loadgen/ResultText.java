package dev.tenfold.loadgen;

import java.util.Formatter;
import java.util.Locale;

/** A result as a page for people. */
final class ResultText {
  private static final double NANOS_A_MILLI = 1e6;
  private static final double BYTES_A_MEGABYTE = 1e6;

  private final Formatter page = new Formatter(Locale.ROOT);
  private final LoadResult result;

  private ResultText(LoadResult result) {
    this.result = result;
  }

  static String of(LoadResult result) {
    return new ResultText(result).write();
  }

  private String write() {
    LoadPlan plan = result.plan();
    page.format(
        "%s loop, mix %s, %d connections, %.1f s%n",
        plan.arrivals() instanceof Arrivals.Open open
            ? String.format(Locale.ROOT, "Open (%,.0f requests/s)", open.rate())
            : "Closed",
        plan.mix().name(),
        plan.connections(),
        result.elapsed().toMillis() / 1e3);
    counts();
    latencies();
    errors();
    result.warnings().forEach(warning -> page.format("WARNING: %s%n", warning));
    return page.toString();
  }

  private void counts() {
    page.format("%n");
    page.format(
        "requests     %,d sent (%,d calls): %,d good, %,d failed; %,d never sent%n",
        result.sent(), result.calls(), result.good(), result.failed(), result.unsent());
    page.format(
        "throughput   %,.1f good requests/s, %,.1f MB/s of replies%n",
        result.throughput(),
        result.receivedBytes() * 1e9 / BYTES_A_MEGABYTE / result.elapsed().toNanos());
    if (result.hits().getTotalCount() + result.misses().getTotalCount() > 0) {
      page.format("cache hits   %.2f%%%n", 100 * result.hitRatio());
    }
    if (result.reopened() > 0) {
      page.format("reopened     %,d connections%n", result.reopened());
    }
    page.format(
        "generator    %.0f%% of a processor; %,d requests late by 1 ms or more%n",
        100 * result.cpuShare(), result.late());
  }

  private void latencies() {
    page.format("%n");
    page.format(
        "%-9s %11s %9s %9s %9s %9s %9s %9s%n",
        "latency", "count", "p50", "p90", "p99", "p99.9", "p99.99", "max");
    row("all", Latency.of(result.latency()));
    if (result.hits().getTotalCount() > 0) {
      row("hits", Latency.of(result.hits()));
    }
    if (result.misses().getTotalCount() > 0) {
      row("misses", Latency.of(result.misses()));
    }
    page.format("%-9s milliseconds, from when the request was meant to go out%n", "");
  }

  private void row(String name, Latency latency) {
    page.format(
        "%-9s %,11d %9s %9s %9s %9s %9s %9s%n",
        name,
        latency.count(),
        millis(latency.p50Nanos()),
        millis(latency.p90Nanos()),
        millis(latency.p99Nanos()),
        millis(latency.p999Nanos()),
        millis(latency.p9999Nanos()),
        millis(latency.maxNanos()));
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%,.2f", nanos / NANOS_A_MILLI);
  }

  private void errors() {
    if (!result.errors().isEmpty()) {
      page.format("%n");
      page.format("errors%n");
      result.errors().forEach((kind, count) -> page.format("  %-24s %,11d%n", kind, count));
    }
    if (!result.warnings().isEmpty()) {
      page.format("%n");
    }
  }
}
