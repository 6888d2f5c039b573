package dev.tenfold.demo;

import dev.tenfold.loadgen.Arrivals;
import dev.tenfold.loadgen.LoadPlan;
import dev.tenfold.loadgen.LoadResult;
import dev.tenfold.loadgen.Mix;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Results that nobody measured. */
final class SampleSteps {
  private static final int REQUESTS = 400;
  private static final int BURST_SECONDS = 1;
  private static final int ROUNDS = 4;

  private SampleSteps() {}

  /**
   * A reading in which all figures follow from a few.
   *
   * @param latencyMillis of each request
   * @param perSecond the throughput
   * @param kib of each request: allocated bytes, and by a thousand processor time in milliseconds
   * @param failed requests of the steady load
   */
  static Reading reading(double latencyMillis, long perSecond, long kib, long failed) {
    return new Reading(
        load(REQUESTS, failed, latencyMillis),
        load(perSecond * BURST_SECONDS, 0, latencyMillis),
        OptionalLong.of(kib * 1_000 * REQUESTS),
        OptionalLong.of(kib * 1_024 * REQUESTS),
        OptionalLong.of((100 + kib) << 20),
        REQUESTS / 4,
        new GcLog(2, 1.5));
  }

  private static LoadResult load(long sent, long failed, double latencyMillis) {
    LoadPlan plan =
        LoadPlan.of(URI.create("http://127.0.0.1:1"), Mix.builtIn(), new Arrivals.Closed());
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount((long) (latencyMillis * 1e6), Math.max(1, sent - failed));
    TreeMap<String, Long> errors = new TreeMap<>();
    if (failed > 0) {
      errors.put("HTTP 500", failed);
    }
    return new LoadResult(
        plan,
        Duration.ofSeconds(BURST_SECONDS),
        sent,
        sent,
        sent - failed,
        failed,
        0,
        0,
        0,
        0,
        errors,
        latency,
        new Histogram(3),
        new Histogram(3),
        new Histogram(3),
        Duration.ZERO);
  }

  /** A line whose rounds differ by a few per cent. */
  static Measured line(String name, double latencyMillis, long perSecond, long kib) {
    List<Reading> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(
          reading(
              latencyMillis * (100 + round) / 100, perSecond * (100 + 2 * round) / 100, kib, 0));
    }
    return new Measured(name, "what " + name + " changes", true, rounds);
  }

  /** A line that does other work. */
  static Measured aside(String name, double latencyMillis, long perSecond, long kib) {
    Measured line = line(name, latencyMillis, perSecond, kib);
    return new Measured(name, line.change(), false, line.rounds());
  }

  static StepsResult result(int rounds, Measured... lines) {
    StepsPlan plan =
        new StepsPlan("Main", 200, rounds, Duration.ofSeconds(2), 512, Duration.ofSeconds(1), 0, 0);
    Mix mix = Mix.read("steps.yaml", Steps.mixText());
    return new StepsResult(plan, mix, List.of(lines), Duration.ofSeconds(170));
  }

  /** As a run may come out: better and worse, alike, and something beside it. */
  static StepsResult result() {
    return result(
        ROUNDS,
        line("naive", 101.2, 1_000, 278),
        line("+ object pool", 101.3, 1_010, 156),
        line("+ client pool", 100.9, 1_900, 170),
        line("+ cache", 0.94, 9_876, 53),
        aside("the gateway", 0.29, 64_321, 20));
  }
}
