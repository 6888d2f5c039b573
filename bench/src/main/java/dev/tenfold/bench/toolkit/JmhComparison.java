package dev.tenfold.bench.toolkit;

import dev.tenfold.bench.Machine;
import dev.tenfold.bench.Report;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Candidates for the same work, in turn, by JMH: round by round each of them in a JVM of its own,
 * so that what else the machine does disturbs all. What counts is the ratio within a round.
 *
 * <p>A benchmark class is one comparison. Each of its {@code @Benchmark} methods is a candidate
 * that does the same work and has the candidate's name; ours is named {@code tenfold}. Each
 * combination of its {@code @Param} values, and each number of threads, is a case with a table of
 * its own.
 */
final class JmhComparison {
  /** The name of the method that is ours. */
  static final String OURS = "tenfold";

  private static final int ROUNDS = 3;

  /** Three seconds: mapping libraries are not compiled in one. */
  private static final int WARM_UPS = 10;

  private static final int ITERATIONS = 3;
  private static final TimeValue ITERATION = TimeValue.milliseconds(300);
  private static final List<String> FLAGS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseG1GC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final String name;
  private final String title;
  private final String method;
  private final List<Trial> trials = new ArrayList<>();
  private Consumer<Report> more = report -> {};

  /** A benchmark class with a number of threads. */
  private record Trial(Class<?> benchmark, int threads) {}

  /**
   * @param name of the report, and of the command {@code bench/run NAME}
   * @param method what the candidates are, what they do, and in what they differ: a paragraph
   */
  JmhComparison(String name, String title, String method) {
    this.name = name;
    this.title = title;
    this.method = method;
  }

  /** Adds the candidates of a class, on each of these numbers of threads in turn. */
  JmhComparison of(Class<?> benchmark, int... threads) {
    for (int count : threads) {
      trials.add(new Trial(benchmark, count));
    }
    return this;
  }

  /** Adds to the page what is no time, after the tables. */
  JmhComparison then(Consumer<Report> tables) {
    more = tables;
    return this;
  }

  /** Takes all figures. */
  Report run(LocalDate today) throws IOException, RunnerException {
    String loadAtStart = Machine.load();
    CaseTables tables = new CaseTables();
    String version = "";
    for (int round = 0; round < ROUNDS; round++) {
      for (Trial trial : trials) {
        for (RunResult result : run(trial)) {
          tables.add(result);
          version = result.getParams().getJmhVersion();
        }
      }
    }
    Report report = new Report(name, title, today);
    tables.write(report);
    more.accept(report);
    report.heading("How it was taken").paragraph(method).paragraph(howItWasTaken(version));
    return report.setting(FLAGS, "G1", loadAtStart);
  }

  private static Iterable<RunResult> run(Trial trial) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("^" + trial.benchmark().getName().replace(".", "\\.") + "\\.")
                .threads(trial.threads())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .jvmArgs(FLAGS.toArray(String[]::new))
                .shouldFailOnError(true)
                .build())
        .run();
  }

  private String howItWasTaken(String version) {
    return String.format(
        Locale.ROOT,
        "`bench/run %s`: JMH %s, average time, its profiler `gc`. In each of %d rounds each"
            + " candidate has a JVM of its own, %d iterations of 300 ms to warm up, and %d that"
            + " count. A figure is the median of the rounds; the ratio is that of a candidate to"
            + " ours within a round, so above 1 it is slower than ours. Time on several threads is"
            + " that of one operation on one thread; threads beyond the processors wait for them.",
        name,
        version,
        ROUNDS,
        WARM_UPS,
        ITERATIONS);
  }
}
