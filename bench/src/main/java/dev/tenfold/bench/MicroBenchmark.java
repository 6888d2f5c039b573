package dev.tenfold.bench;

import dev.tenfold.gateway.edge.HitMicro;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What has no socket, by JMH: time and allocation of the steps of a hit. */
final class MicroBenchmark {
  private static final int FORKS = 2;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 5;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private MicroBenchmark() {}

  static Report run(LocalDate today) throws IOException, RunnerException {
    String loadAtStart = Machine.load();
    List<String> flags = launcherFlags();
    Collection<RunResult> results = new Runner(options(flags)).run();
    Report report = new Report("micro", "Steps of a hit, without sockets", today);
    report.table("", "n", "ns", "± (99.9%)", "bytes allocated");
    results.stream()
        .sorted(Comparator.comparing(result -> result.getParams().getBenchmark()))
        .forEach(result -> report.row(cells(result)));
    report
        .heading("How it was taken")
        .paragraph(method(results.iterator().next().getParams().getJmhVersion()));
    return report.setting(flags, "the JVM's default", loadAtStart);
  }

  private static Options options(List<String> flags) {
    return new OptionsBuilder()
        .include(ScanMicro.class.getName())
        .include(LookUpMicro.class.getName())
        .include(HitMicro.class.getName())
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(FORKS)
        .warmupIterations(WARM_UPS)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(ROUNDS)
        .measurementTime(TimeValue.seconds(1))
        .addProfiler(GCProfiler.class)
        .jvmArgs(flags.toArray(String[]::new))
        .shouldFailOnError(true)
        .build();
  }

  /** Those that the launcher gives to whatever it starts. */
  private static List<String> launcherFlags() throws IOException {
    try (Program node = Program.tenfold("node", "--port", "0")) {
      node.addresses();
      return List.copyOf(ProcessFigures.jvmFlags(node.pid()));
    }
  }

  private static List<String> cells(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      throw new IllegalStateException("the profiler said nothing of " + ALLOCATED);
    }
    String name = result.getParams().getBenchmark();
    return List.of(
        name.substring(name.lastIndexOf('.') + 1),
        Long.toString(time.getSampleCount()),
        Report.figure(time.getScore(), 1),
        Report.figure(time.getScoreError(), 1),
        Report.figure(allocated.getScore(), 0));
  }

  private static String method(String jmh) {
    return """
    `bench/run micro`: JMH %s, average time, one thread, %d forks of %d rounds of 1 s after %d to warm up, with its profiler `gc`; the error is half the 99.9%% interval. `scan...` are
    `RequestScanner` and `ReplyScanner`; `key...` is `CanonicalWriter` with its hash; `cacheOf10000` is `MemoryCache.get`; `known...` is what the first stage
    knows of a call (method policy, terms, key, look-up, validity), a final block if nothing else is said, and of 10,000 with the calls as cold as their answers; `spliceOfABlock` writes id and result into a buffer; `hitWithoutHttp` is
    scan, call, look-up and splice together. A block has %,d bytes. What was asked was made sure to be a hit before. There are no sockets, no calls of a node, and no errors.\
    """
        .formatted(jmh, FORKS, ROUNDS, WARM_UPS, KnownChain.block(4711).length);
  }
}
