package dev.tenfold.loadgen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/**
 * What came of a load; the warm-up is in none of it. Histograms are in nanoseconds and belong to
 * the caller.
 *
 * @param plan what was to be done
 * @param elapsed from the first request until the end of sending, or the last good reply if later
 * @param sent requests that went out
 * @param calls in them
 * @param good requests that were answered well, all calls of them
 * @param failed requests that were not
 * @param unsent requests that were meant to go out, and found no connection until the end
 * @param receivedBytes of all replies, heads too
 * @param reopened connections that had been closed and were opened again
 * @param late requests that went out a millisecond or more late through the generator's own fault
 * @param errors by kind: calls for codes of JSON-RPC, requests for the rest
 * @param latency of good requests, and of those that timed out with the time that they waited
 * @param hits those of {@code latency} whose {@code Cache-Status} says hit; a batch, if all calls
 *     are
 * @param misses those whose {@code Cache-Status} says something else
 * @param lateness how late requests went out through the generator's own fault
 * @param cpu processor time of the generator's thread
 */
public record LoadResult(
    LoadPlan plan,
    Duration elapsed,
    long sent,
    long calls,
    long good,
    long failed,
    long unsent,
    long receivedBytes,
    long reopened,
    long late,
    SortedMap<String, Long> errors,
    Histogram latency,
    Histogram hits,
    Histogram misses,
    Histogram lateness,
    Duration cpu) {
  private static final double MUCH_LATE_SHARE = 0.001;
  private static final long MUCH_LATE_NANOS = 10_000_000;
  private static final double BUSY_SHARE = 0.9;

  /** Good requests a second. */
  public double throughput() {
    return good * 1e9 / elapsed.toNanos();
  }

  /** The share of hits among requests whose reply says; 0 if none does. */
  public double hitRatio() {
    long known = hits.getTotalCount() + misses.getTotalCount();
    return known == 0 ? 0 : (double) hits.getTotalCount() / known;
  }

  /** The share of one processor that the generator's thread took. */
  public double cpuShare() {
    return (double) cpu.toNanos() / elapsed.toNanos();
  }

  /** What makes the figures doubtful: each a sentence; none if all is well. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (late > MUCH_LATE_SHARE * sent || lateness.getMaxValue() >= MUCH_LATE_NANOS) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the generator itself was late: %,d of %,d requests (%.2f%%) went out 1 ms or more"
                  + " after they could have, the worst by %.1f ms; the latencies have that in them",
              late,
              sent,
              100.0 * late / Math.max(1, sent),
              lateness.getMaxValue() / 1e6));
    }
    if (cpuShare() > BUSY_SHARE) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the generator took %.0f%% of a processor: it may be the limit, not the server",
              100 * cpuShare()));
    }
    if (unsent > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d requests never went out, since all connections were busy; the latencies are"
                  + " those of the others, and theirs would be longer",
              unsent));
    }
    return warnings;
  }

  /** The result as a page for people, with a line feed at its end. */
  public String text() {
    return ResultText.of(this);
  }

  /** The result as one JSON object; {@code docs/load.md} has its members. */
  public String json() {
    return ResultJson.of(this).toPrettyString();
  }
}
