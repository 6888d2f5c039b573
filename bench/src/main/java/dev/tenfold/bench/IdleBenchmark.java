package dev.tenfold.bench;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much memory the program holds while nobody calls. */
final class IdleBenchmark {
  private static final int STARTS = 5;
  private static final long IDLE_SECONDS = 20;
  private static final double KIB_A_MIB = 1024;

  private final List<String> lines = List.of("VmRSS", "RssAnon", "RssFile");

  /** One row of figures for each line of status. */
  private record Taken(List<List<Double>> byLine, List<String> flags) {}

  private IdleBenchmark() {}

  static Report run(LocalDate today) throws IOException, InterruptedException {
    return new IdleBenchmark().report(today);
  }

  private Report report(LocalDate today) throws IOException, InterruptedException {
    String loadAtStart = Machine.load();
    Taken alone = take(Map.of(), "serve", "--port", "0", "--ops-port", "0");
    Taken before = takeInFrontOfNode(Map.of());
    Taken uncached = takeInFrontOfNode(Map.of("TENFOLD_AOT", "off"));
    Report report = new Report("idle", "Memory of an idle program", today);
    report.paragraph(summary(alone, before)).spreads();
    rows(report, "`serve`", alone);
    rows(report, "`serve --upstream`", before);
    rows(report, "the same without the AOT cache", uncached);
    report.heading("How it was taken");
    report.paragraph(
        """
        `bench/run idle`: started %d times each, not called by anyone, read from `/proc/PID/status` %d s after it said that it
        serves. `serve` has its simulated node in the same process; `serve --upstream` has one in another process, which is
        not counted. In MiB. Hit ratio, errors and upstream calls: there are no calls; the head is polled twice a second.\
        """
            .formatted(STARTS, IDLE_SECONDS));
    return report.setting(alone.flags(), "the JVM's default", loadAtStart);
  }

  private static String summary(Taken alone, Taken before) {
    return String.format(
        Locale.ROOT,
        "`./tenfold serve` holds **%.0f MiB** (RSS, median) after %d s; in front of a node of"
            + " another process **%.0f MiB**.",
        Spread.of(alone.byLine().getFirst()).median(),
        IDLE_SECONDS,
        Spread.of(before.byLine().getFirst()).median());
  }

  private void rows(Report report, String label, Taken taken) {
    for (int i = 0; i < lines.size(); i++) {
      report.spread(label + ", " + lines.get(i), Spread.of(taken.byLine().get(i)), 1);
    }
  }

  private Taken takeInFrontOfNode(Map<String, String> environment)
      throws IOException, InterruptedException {
    try (Program node = Program.tenfold("node", "--port", "0")) {
      String url = node.addresses().getFirst().toString();
      return take(environment, "serve", "--upstream", url, "--port", "0", "--ops-port", "0");
    }
  }

  private Taken take(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Taken taken =
        new Taken(
            lines.stream().<List<Double>>map(line -> new ArrayList<>()).toList(),
            new ArrayList<>());
    for (int start = 0; start < STARTS; start++) {
      try (Program program = Program.tenfold(Program.root(), environment, arguments)) {
        program.addresses();
        program.stayFor(IDLE_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < lines.size(); i++) {
          taken
              .byLine()
              .get(i)
              .add(ProcessFigures.kibibytes(program.pid(), lines.get(i)) / KIB_A_MIB);
        }
        taken.flags().clear();
        taken.flags().addAll(ProcessFigures.jvmFlags(program.pid()));
      }
    }
    return taken;
  }
}
