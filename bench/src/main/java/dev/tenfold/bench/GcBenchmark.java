package dev.tenfold.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Four collectors under the same load in turn: what they cost, how long they stop the program. */
final class GcBenchmark {
  private static final int KEYS = 10_000;
  private static final int RATE = 5_000;
  private static final int CONNECTIONS = 64;
  private static final int HIT_PERCENT = 90;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = 5;
  private static final Duration TURN = Duration.ofSeconds(6);
  private static final String SMALL_HEAP = "-Xmx256m";

  // What is copied in a stop is bounded by the young generation, where that is possible.
  private static final String YOUNG = "-Xms64m -Xmx384m -Xmn16m";
  private static final double LONGEST_MILLIS = 5;

  private final URI node;
  private final Path folder;
  private final OpenLoop load = new OpenLoop(RATE, CONNECTIONS, KEYS, HIT_PERCENT);
  private List<String> flags = List.of();

  private GcBenchmark(URI node, Path folder) {
    this.node = node;
    this.folder = folder;
  }

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    Path folder = Files.createTempDirectory("tenfold-bench");
    try (Servers servers = new Servers()) {
      URI node = servers.node("--blocks", "10200", "--block-time", "1h");
      GcBenchmark benchmark = new GcBenchmark(node, folder);
      Report report = new Report("gc", "Collectors at 5,000 requests a second", today);
      benchmark.table(report, "The heap as the launcher leaves it", each(""));
      benchmark.table(report, "A heap of at most 256 MiB", each(SMALL_HEAP));
      benchmark.table(report, "A small young generation", small());
      report.heading("How it was taken").paragraph(method());
      return report.setting(benchmark.flags, "as in the tables", loadAtStart);
    } finally {
      try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder)) {
        for (Path log : logs) {
          Files.delete(log);
        }
      }
      Files.delete(folder);
    }
  }

  /**
   * A collector and the flags beside it.
   *
   * @param name in tables
   */
  record Setting(String name, Collector collector, String further) {
    String flags() {
      return collector.flags() + " " + further;
    }

    String description() {
      return "`" + (collector.flag() + " " + further).strip() + "`";
    }
  }

  private static List<Setting> each(String further) {
    return Arrays.stream(Collector.values())
        .map(collector -> new Setting(collector.title(), collector, further))
        .toList();
  }

  private static List<Setting> small() {
    return List.of(
        new Setting("G1, 16 MiB young", Collector.G1, YOUNG),
        new Setting("G1, asked for 3 ms", Collector.G1, "-Xmx384m -XX:MaxGCPauseMillis=3"),
        new Setting("Parallel, 16 MiB young", Collector.PARALLEL, YOUNG),
        new Setting("Serial, 16 MiB young", Collector.SERIAL, YOUNG));
  }

  private void table(Report report, String heading, List<Setting> settings)
      throws IOException, InterruptedException {
    try (Servers servers = new Servers()) {
      List<CollectedGateway> gateways = new ArrayList<>();
      for (Setting setting : settings) {
        gateways.add(start(servers, setting));
      }
      rounds(gateways, WARM_UP_ROUNDS);
      gateways.forEach(CollectedGateway::forget);
      rounds(gateways, ROUNDS);
      describe(report.heading(heading), gateways);
    }
  }

  private CollectedGateway start(Servers servers, Setting setting)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "safepoint", ".log");
    String own = setting.flags() + " " + SafepointLog.flag(log);
    Side.Server server = servers.unprobed(own, node);
    List<String> added = List.of(own.split(" +", -1));
    flags =
        ProcessFigures.jvmFlags(server.program().pid()).stream()
            .filter(flag -> !added.contains(flag))
            .toList();
    Blocks.keep(server, KEYS);
    return new CollectedGateway(setting, server, log);
  }

  /** The order turns round by round, as in a {@link Comparison}. */
  private void rounds(List<CollectedGateway> gateways, int count)
      throws IOException, InterruptedException {
    List<CollectedGateway> order = new ArrayList<>(gateways);
    for (int round = 0; round < count; round++) {
      for (CollectedGateway gateway : order) {
        gateway.turn(load, TURN);
      }
      Collections.rotate(order, 1);
    }
  }

  private static void describe(Report report, List<CollectedGateway> gateways) throws IOException {
    report.paragraph(verdict(gateways));
    report.spreads();
    for (CollectedGateway gateway : gateways) {
      report.spread("CPU µs a call, " + gateway.name(), gateway.cpuMicros(), 1);
    }
    for (CollectedGateway gateway : gateways) {
      report.spread("hits p99, ms, " + gateway.name(), gateway.hitP99Millis(), 2);
    }
    stops(report, gateways);
    answered(report, gateways);
  }

  private static void stops(Report report, List<CollectedGateway> gateways) throws IOException {
    report.table(
        "stops of the program",
        "flags",
        "by the collector",
        "p99, ms",
        "longest, ms",
        "for all else",
        "p99, ms",
        "longest, ms",
        "RSS at the end, MiB",
        "most RSS, MiB");
    for (CollectedGateway gateway : gateways) {
      List<String> cells = new ArrayList<>(List.of(gateway.name(), gateway.flags()));
      cells.addAll(gateway.collections().cells());
      cells.addAll(gateway.otherStops().cells());
      cells.add(Report.figure(gateway.mebibytes("VmRSS"), 0));
      cells.add(Report.figure(gateway.mebibytes("VmHWM"), 0));
      report.row(cells);
    }
  }

  private static void answered(Report report, List<CollectedGateway> gateways) {
    report.table("answered", "replies", "errors", "hit ratio", "upstream calls", "upstream polls");
    for (CollectedGateway gateway : gateways) {
      Stats counted =
          gateway.turns().stream().map(OpenLoop.Turn::counted).reduce(Stats.NONE, Stats::plus);
      report.row(
          List.of(
              gateway.name(),
              Report.figure(sum(gateway, turn -> turn.result().good())),
              Report.figure(sum(gateway, OpenLoop.Turn::errors)),
              Report.figure(counted.hitRatio(), 4),
              Report.figure(counted.upstreamCalls()),
              Report.figure(counted.upstreamPolls())));
    }
  }

  private static long sum(CollectedGateway gateway, ToLongFunction<OpenLoop.Turn> figure) {
    return gateway.turns().stream().mapToLong(figure).sum();
  }

  /** The rule by which a default is chosen, and what it chooses. */
  private static String verdict(List<CollectedGateway> gateways) {
    List<CollectedGateway> quick =
        gateways.stream()
            .filter(gateway -> gateway.collections().longestMillis() < LONGEST_MILLIS)
            .toList();
    if (quick.isEmpty()) {
      CollectedGateway least =
          Collections.min(
              gateways,
              Comparator.comparingDouble(gateway -> gateway.collections().longestMillis()));
      return String.format(
          Locale.ROOT,
          "**No collector's longest stop is below %.0f ms**; the shortest is that of %s, %.2f ms.",
          LONGEST_MILLIS,
          least.name(),
          least.collections().longestMillis());
    }
    CollectedGateway cheapest =
        Collections.min(quick, Comparator.comparingDouble(gateway -> gateway.cpuMicros().median()));
    return String.format(
        Locale.ROOT,
        "Of those whose longest stop is below %.0f ms, **%s** takes the least CPU: %.1f µs a call,"
            + " stops of at most %.2f ms.",
        LONGEST_MILLIS,
        cheapest.name(),
        cheapest.cpuMicros().median(),
        cheapest.collections().longestMillis());
  }

  private static String method() {
    return String.format(
        Locale.ROOT,
        """
        `bench/run gc`: a gateway for each line of a table, all in front of one `./tenfold node` without latency, each a process of its own. %d of 100 calls ask for a block,
        of %,d by Zipf's law, kept before; the others for the balance of an address at the newest block, nearly all of them new, so that there is garbage and
        more and more is kept. The load generator sends %,d requests a second at constant intervals over %d connections to one after the other, %d s each, %d rounds after
        %d to warm up; the order turns. Stops are the `Total` of each line of `-Xlog:safepoint` in those turns: from the wish to stop until the program runs again, so what
        the machine did meanwhile is in them. CPU time is user and system of the whole process. RSS is `VmRSS`, and `VmHWM` since the start.\
        """,
        HIT_PERCENT,
        KEYS,
        RATE,
        CONNECTIONS,
        TURN.toSeconds(),
        ROUNDS,
        WARM_UP_ROUNDS);
  }
}
