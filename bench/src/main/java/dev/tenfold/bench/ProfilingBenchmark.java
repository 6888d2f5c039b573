package dev.tenfold.bench;

import dev.tenfold.toolkit.profiling.Profiling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What each profile costs a busy program while it is taken. */
final class ProfilingBenchmark {
  private static final int ROUNDS = 5;
  private static final long WARM_UP_SECONDS = 4;
  private static final int WINDOW_SECONDS = 3;
  private static final double NANOS_A_MILLI = 1e6;
  private static final double BYTES_A_KIB = 1024;
  private static final List<String> FLAGS =
      List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "--enable-native-access=ALL-UNNAMED");

  private final HttpClient client;
  private final List<Case> cases = new ArrayList<>();

  /** What is asked of the program within a window. */
  private enum Asking {
    /** Nothing at all. */
    NOTHING,
    /** Once, for the whole of it. */
    FOR_ALL_OF_IT,
    /** Each second. */
    EACH_SECOND,
    /** Just before it, and not within. */
    BEFORE
  }

  /** A profile, how it is asked for, and what was measured with and without. */
  private record Case(
      String name,
      String path,
      Asking asking,
      List<Double> throughput,
      List<Double> cpu,
      List<Double> answerMillis,
      List<Double> answerKib) {

    Case(String name, String path, Asking asking) {
      this(
          name,
          path,
          asking,
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }
  }

  /** What the program did in a window. */
  private record Window(long operations, long cpuNanos, long nanos) {
    double perSecond() {
      return (double) operations / nanos;
    }

    double cpuAnOperation() {
      return (double) cpuNanos / operations;
    }
  }

  private ProfilingBenchmark(HttpClient client) {
    this.client = client;
    cases.add(new Case("nothing is asked", "", Asking.NOTHING));
    for (String profile : List.of("profile", "wall", "trace")) {
      cases.add(
          new Case(
              "`" + profile + "`", profile + "?seconds=" + WINDOW_SECONDS, Asking.FOR_ALL_OF_IT));
    }
    for (String profile :
        List.of("heap", "allocs", "goroutine", "mutex", "block", "threadcreate")) {
      cases.add(new Case("`" + profile + "` each second", profile, Asking.EACH_SECOND));
    }
    cases.add(new Case("waits are recorded, nothing is asked", "block", Asking.BEFORE));
  }

  static Report run(LocalDate today) throws IOException, InterruptedException {
    String loadAtStart = Machine.load();
    try (HttpClient client = HttpClient.newHttpClient()) {
      ProfilingBenchmark benchmark = new ProfilingBenchmark(client);
      benchmark.rounds();
      return benchmark.report(today).setting(FLAGS, "G1", loadAtStart);
    }
  }

  /** The order turns round by round, as in a {@link Comparison}. */
  private void rounds() throws IOException, InterruptedException {
    List<Case> order = new ArrayList<>(cases);
    for (int round = 0; round < ROUNDS; round++) {
      for (Case each : order) {
        measure(each);
      }
      Collections.rotate(order, 1);
    }
  }

  /** A program of its own for each: what records goes on after it was asked for. */
  private void measure(Case each) throws IOException, InterruptedException {
    try (Program program = Program.java(FLAGS, BusyProgram.class)) {
      URI root = program.addresses().getFirst();
      program.stayFor(WARM_UP_SECONDS, TimeUnit.SECONDS);
      Window without =
          window(program, root, () -> program.stayFor(WINDOW_SECONDS, TimeUnit.SECONDS));
      if (each.asking == Asking.BEFORE) {
        ask(root, each);
      }
      Window with = window(program, root, () -> ask(program, root, each));
      each.throughput.add(with.perSecond() / without.perSecond());
      each.cpu.add(with.cpuAnOperation() / without.cpuAnOperation());
    }
  }

  /** What happens in a window, which is over when it has happened. */
  private interface Meanwhile {
    void happens() throws IOException, InterruptedException;
  }

  private Window window(Program program, URI root, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    long operations = operations(root);
    long cpu = program.cpuNanos();
    long start = System.nanoTime();
    meanwhile.happens();
    long nanos = System.nanoTime() - start;
    return new Window(operations(root) - operations, program.cpuNanos() - cpu, nanos);
  }

  private void ask(Program program, URI root, Case each) throws IOException, InterruptedException {
    switch (each.asking) {
      case NOTHING, BEFORE -> program.stayFor(WINDOW_SECONDS, TimeUnit.SECONDS);
      case FOR_ALL_OF_IT -> ask(root, each);
      case EACH_SECOND -> {
        for (int second = 0; second < WINDOW_SECONDS; second++) {
          long millis = ask(root, each);
          program.stayFor(Math.max(1, 1_000 - millis), TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  /** Asks for the profile, and returns the milliseconds until it was there. */
  private long ask(URI root, Case each) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<byte[]> answer = get(root.resolve(Profiling.PATH + each.path));
    long nanos = System.nanoTime() - start;
    each.answerMillis.add(nanos / NANOS_A_MILLI);
    each.answerKib.add(answer.body().length / BYTES_A_KIB);
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private long operations(URI root) throws IOException, InterruptedException {
    byte[] count = get(root.resolve(BusyProgram.OPERATIONS)).body();
    return Long.parseLong(new String(count, StandardCharsets.US_ASCII));
  }

  private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(uri + " was answered with " + answer.statusCode());
    }
    return answer;
  }

  private Report report(LocalDate today) throws IOException {
    Report report = new Report("profiling", "What profiles cost a busy program", today);
    report.paragraph(summary());
    table(report.heading("Operations a second, with it over without"), Case::throughput, 3);
    table(report.heading("CPU time an operation, with it over without"), Case::cpu, 3);
    table(report.heading("Until the answer was there, ms"), Case::answerMillis, 1);
    table(report.heading("The answer, KiB"), Case::answerKib, 1);
    return report.heading("How it was taken").paragraph(method());
  }

  private void table(Report report, Function<Case, List<Double>> figure, int decimals) {
    report.spreads();
    for (Case each : cases) {
      List<Double> values = figure.apply(each);
      if (!values.isEmpty()) {
        report.spread(each.name, Spread.of(values), decimals);
      }
    }
  }

  private String summary() {
    Case dearest =
        Collections.min(
            cases, Comparator.comparingDouble(each -> Spread.of(each.throughput).median()));
    Spread control = Spread.of(cases.getFirst().throughput);
    return String.format(
        Locale.ROOT,
        "The dearest of them, %s, leaves a busy program **%.1f%%** of its throughput while it is"
            + " taken (median of %d). Two windows in which nothing is asked differ by as much as"
            + " the first line says: %.1f to %.1f%%.",
        dearest.name,
        100 * Spread.of(dearest.throughput).median(),
        ROUNDS,
        100 * control.min(),
        100 * control.max());
  }

  private static String method() {
    return String.format(
        Locale.ROOT,
        """
        `bench/run profiling`: a program with a thread for each processor (%d) that computes, allocates 1 KiB an operation, and takes a lock or a monitor that all share each 16 operations; \
        %d threads that park for 2 ms again and again, %d that wait, and %,d virtual ones that wait. For each line and round it is started anew and runs for %d s; then operations are counted \
        for %d s in which nothing is asked, and for as long in which the profile is taken: those with `seconds` once for all of it, the others each second. `mutex`, `block` and `threadcreate` \
        begin their recording with the first request within the window; in the last line it begins before. %d rounds; the order turns. CPU time is user and system of the whole process.\
        """,
        BusyProgram.WORKERS,
        BusyProgram.SHORT_WAITERS,
        BusyProgram.PLATFORM_WAITERS,
        BusyProgram.VIRTUAL_WAITERS,
        WARM_UP_SECONDS,
        WINDOW_SECONDS,
        ROUNDS);
  }
}
