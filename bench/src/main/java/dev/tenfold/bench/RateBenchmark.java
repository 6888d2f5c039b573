package dev.tenfold.bench;

import dev.tenfold.loadgen.Keys;
import dev.tenfold.loadgen.Latency;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Ten thousand requests a second for half a minute, in front of a node that takes 100 ms. */
final class RateBenchmark {
  private static final int KEYS = 10_000;
  private static final int RATE = 10_000;
  private static final int CONNECTIONS = 256;
  private static final int HIT_PERCENT = 95;
  private static final int RUNS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration DURATION = Duration.ofSeconds(30);
  private static final double GOAL_MILLIS = 10;
  private static final double NANOS_A_MILLI = 1e6;

  private final OpenLoop load = new OpenLoop(RATE, CONNECTIONS, KEYS, HIT_PERCENT);
  private final List<OpenLoop.Turn> runs = new ArrayList<>();

  private RateBenchmark() {}

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    try (Servers servers = new Servers()) {
      String blocks = Integer.toString(KEYS + Blocks.NOT_FINAL);
      URI node = servers.node("--blocks", blocks, "--block-time", "1h", "--latency", "100ms");
      Side.Server gateway = servers.gateway(node);
      Blocks.keep(gateway, KEYS);
      RateBenchmark benchmark = new RateBenchmark();
      for (int run = 0; run < RUNS; run++) {
        benchmark.runs.add(benchmark.load.run(gateway, WARM_UP, DURATION));
      }
      return benchmark
          .report(today)
          .setting(
              ProcessFigures.jvmFlags(gateway.program().pid()), gateway.collectors(), loadAtStart);
    }
  }

  private Report report(LocalDate today) throws IOException {
    Report report = new Report("rate", "10,000 requests a second, a node of 100 ms", today);
    Spread p99 = figures(run -> millis(run.result().hits(), 99));
    long errors = runs.stream().mapToLong(OpenLoop.Turn::errors).sum();
    report.paragraph(
        String.format(
            Locale.ROOT,
            "At %,d requests a second, hits have a p99 of **%.2f ms** (median of %d runs; the worst"
                + " has %.2f), and %,d requests failed or were never sent. The goal, below %.0f ms"
                + " in each run and no error, is %s.",
            RATE,
            p99.median(),
            p99.n(),
            p99.max(),
            errors,
            GOAL_MILLIS,
            p99.max() < GOAL_MILLIS && errors == 0 ? "reached" : "**not reached**"));
    report.spreads();
    for (double percentile : new double[] {50, 99, 99.9}) {
      String name = "hits p" + Report.figure(percentile, percentile > 99 ? 1 : 0);
      report.spread(name + ", ms", figures(run -> millis(run.result().hits(), percentile)), 2);
    }
    report.spread("misses p50, ms", figures(run -> millis(run.result().misses(), 50)), 1);
    report.spread("misses p99, ms", figures(run -> millis(run.result().misses(), 99)), 1);
    report.spread(
        "the generator's own lateness p99, ms",
        figures(run -> millis(run.result().lateness(), 99)),
        2);
    report.spread(
        "the generator's own lateness, most, ms",
        figures(run -> Latency.of(run.result().lateness()).maxNanos() / NANOS_A_MILLI),
        1);
    report.spread("CPU µs a call, gateway", figures(OpenLoop.Turn::cpuMicros), 1);
    report.spread("% of a processor, generator", figures(run -> 100 * run.result().cpuShare()), 0);
    answered(report);
    return report.heading("How it was taken").paragraph(method());
  }

  private void answered(Report report) {
    report
        .heading("What was answered")
        .table(
            "run",
            "requests",
            "a second",
            "failed",
            "never sent",
            "hit ratio",
            "upstream calls",
            "upstream polls");
    for (int run = 0; run < runs.size(); run++) {
      OpenLoop.Turn turn = runs.get(run);
      report.row(
          List.of(
              Integer.toString(run + 1),
              Report.figure(turn.result().sent()),
              Report.figure(turn.result().throughput(), 0),
              errors(turn.result().failed(), turn.result().errors()),
              Report.figure(turn.result().unsent()),
              Report.figure(turn.result().hitRatio(), 4),
              Report.figure(turn.counted().upstreamCalls()),
              Report.figure(turn.counted().upstreamPolls())));
    }
  }

  private static String errors(long failed, Map<String, Long> kinds) {
    return failed == 0 ? "0" : failed + " " + kinds;
  }

  private Spread figures(ToDoubleFunction<OpenLoop.Turn> figure) {
    return Spread.of(runs.stream().map(figure::applyAsDouble).toList());
  }

  private static double millis(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_A_MILLI;
  }

  private static String method() {
    return String.format(
        Locale.ROOT,
        """
        `bench/run rate`: one gateway in front of `./tenfold node --latency 100ms`. %d of 100 calls ask for a block, of %,d by Zipf's law with exponent 1,
        all of them kept before; the others ask for the balance of an address at the newest block, of %,d addresses, so that nearly all are new.
        The load generator sends at constant intervals over %d connections, from a process of its own on the same machine, %d s in each run after %d s of
        warm-up. Latency is taken from when a request was due until its reply was whole, so what the generator itself was late is in it. Upstream calls, polls and CPU
        time (user and system of the whole process) are those of warm-up and run together.\
        """,
        HIT_PERCENT,
        KEYS,
        Keys.MOST,
        CONNECTIONS,
        DURATION.toSeconds(),
        WARM_UP.toSeconds());
  }
}
