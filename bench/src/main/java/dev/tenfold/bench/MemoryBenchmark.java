package dev.tenfold.bench;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How much memory the program holds: idle, with 10,000 blocks kept, and with the cache full to its
 * bound while an answer of 50 MB passes. With the flags of the launcher, and with further ones.
 */
final class MemoryBenchmark {
  private static final int STARTS = 3;
  private static final long IDLE_SECONDS = 20;
  private static final int BLOCKS = 10_000;
  private static final int MOST_BLOCKS = 100_000;
  private static final String AS_LAUNCHED = "as launched";
  private static final String TRIM = "-XX:TrimNativeHeapInterval=5000";
  private static final String SMALL_START = "-Xms32m ";
  private static final double IDLE_GOAL = 130;
  private static final double BLOCKS_GOAL = 220;
  private static final double FULL_GOAL = 512;

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, List<MemoryStart.Readings>> readings = new LinkedHashMap<>();
  private List<String> flags = List.of();

  private MemoryBenchmark() {
    add(AS_LAUNCHED, "");
    add("trimmed", TRIM);
    add("G1, bounded", SMALL_START + "-Xmx384m " + TRIM);
    add("Serial", Collector.SERIAL.flags() + " " + SMALL_START + TRIM);
    add("Serial, small young", Collector.SERIAL.flags() + " " + SMALL_START + "-Xmn16m " + TRIM);
    add("Parallel, bounded", Collector.PARALLEL.flags() + " " + SMALL_START + "-Xmx384m " + TRIM);
  }

  private void add(String name, String further) {
    settings.put(name, further);
    readings.put(name, new ArrayList<>());
  }

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    MemoryBenchmark benchmark = new MemoryBenchmark();
    try (Servers servers = new Servers()) {
      String blocks = Integer.toString(MOST_BLOCKS + Blocks.NOT_FINAL);
      URI node = servers.node("--blocks", blocks, "--block-time", "1h");
      try (LargeAnswerNode large = LargeAnswerNode.before(node)) {
        List<String> order = new ArrayList<>(benchmark.settings.keySet());
        for (int start = 0; start < STARTS; start++) {
          benchmark.start(order, large.url());
          Collections.rotate(order, 1);
        }
      }
    }
    return benchmark
        .report(today)
        .setting(benchmark.flags, "as launched: the JVM's default", loadAtStart);
  }

  /** All are idle at the same time, and filled one after the other. */
  private void start(List<String> order, URI node) throws Exception {
    Map<String, MemoryStart> starts = new LinkedHashMap<>();
    try {
      for (String setting : order) {
        starts.put(setting, new MemoryStart(settings.getOrDefault(setting, ""), node));
      }
      Map<String, Double> idle = new LinkedHashMap<>();
      for (Map.Entry<String, MemoryStart> start : starts.entrySet()) {
        idle.put(start.getKey(), start.getValue().idle(IDLE_SECONDS));
      }
      flags = starts.getOrDefault(AS_LAUNCHED, starts.values().iterator().next()).flags();
      for (Map.Entry<String, MemoryStart> start : starts.entrySet()) {
        double before = idle.getOrDefault(start.getKey(), 0.0);
        MemoryStart.Readings read = start.getValue().fill(before, BLOCKS, MOST_BLOCKS);
        System.out.println(start.getKey() + ": " + read);
        taken(start.getKey()).add(read);
        start.getValue().close();
      }
    } finally {
      for (MemoryStart start : starts.values()) {
        start.close();
      }
    }
  }

  private List<MemoryStart.Readings> taken(String setting) {
    return readings.getOrDefault(setting, List.of());
  }

  private Report report(LocalDate today) {
    Report report = new Report("memory", "Memory from idle to full", today);
    report.paragraph(summary()).spreads();
    report.spread("idle, VmRSS, MiB", spread(MemoryStart.Readings::idle), 1);
    report.spread("10,000 blocks kept, VmRSS, MiB", spread(MemoryStart.Readings::blocks), 1);
    report.spread("full, 50 MB passing, most VmRSS, MiB", spread(MemoryStart.Readings::full), 1);
    report.spread("VmHWM in the end, MiB", spread(MemoryStart.Readings::most), 1);
    report.spread(
        "heap in use after a collection, full, MiB", spread(MemoryStart.Readings::heap), 1);
    report.spread(
        "what the cache says that it holds, MiB", spread(MemoryStart.Readings::keptBytes), 1);
    further(report);
    return report.heading("How it was taken").paragraph(method());
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "As launched, a gateway holds %s idle, %s with 10,000 blocks kept, and %s full while an"
            + " answer of 50 MB passes (VmRSS, median of %d starts).",
        against(spread(MemoryStart.Readings::idle), IDLE_GOAL),
        against(spread(MemoryStart.Readings::blocks), BLOCKS_GOAL),
        against(spread(MemoryStart.Readings::full), FULL_GOAL),
        STARTS);
  }

  private static String against(Spread figure, double goal) {
    return String.format(
        Locale.ROOT,
        "**%.0f MiB** (the goal of %.0f is %s)",
        figure.median(),
        goal,
        figure.max() <= goal ? "reached in each start" : "not reached");
  }

  private void further(Report report) {
    report.heading("With further flags");
    report.paragraph(
        "Medians of " + STARTS + " starts each, in MiB; the stops are those of all starts.");
    report.table(
        "",
        "flags",
        "idle",
        "10,000 blocks",
        "full, 50 MB passing",
        "VmHWM",
        "heap after a collection",
        "stops by the collector",
        "longest, ms",
        "all three goals");
    settings.forEach((name, flags) -> report.row(cells(name, flags)));
  }

  private List<String> cells(String name, String further) {
    List<MemoryStart.Readings> taken = taken(name);
    boolean reached =
        of(taken, MemoryStart.Readings::idle).max() <= IDLE_GOAL
            && of(taken, MemoryStart.Readings::blocks).max() <= BLOCKS_GOAL
            && of(taken, MemoryStart.Readings::full).max() <= FULL_GOAL;
    return List.of(
        name,
        further.isEmpty() ? "" : "`" + further + "`",
        median(taken, MemoryStart.Readings::idle),
        median(taken, MemoryStart.Readings::blocks),
        median(taken, MemoryStart.Readings::full),
        median(taken, MemoryStart.Readings::most),
        median(taken, MemoryStart.Readings::heap),
        Integer.toString(taken.stream().mapToInt(one -> one.stops().count()).sum()),
        Report.figure(of(taken, one -> one.stops().longestMillis()).max(), 1),
        reached ? "yes" : "no");
  }

  private Spread spread(ToDoubleFunction<MemoryStart.Readings> figure) {
    return of(taken(AS_LAUNCHED), figure);
  }

  private static Spread of(
      List<MemoryStart.Readings> taken, ToDoubleFunction<MemoryStart.Readings> figure) {
    return Spread.of(taken.stream().map(figure::applyAsDouble).toList());
  }

  private static String median(
      List<MemoryStart.Readings> taken, ToDoubleFunction<MemoryStart.Readings> figure) {
    return Report.figure(of(taken, figure).median(), 0);
  }

  private static String method() {
    return String.format(
        Locale.ROOT,
        """
        `bench/run memory`: `./tenfold serve --upstream`, started %d times with each set of flags, in front of a simulated node of another process. Idle: not called by
        anyone, %d s after it said that it serves; all sets are idle at the same time, and one after the other goes on. Blocks are asked for, one a request over 64 keep-alive connections, each once: the second reading comes right after the
        %,dth, and more follow until the cache has evicted one (its bound is the default, 128 MiB). Then an answer of %,d bytes to `eth_getLogs` passes twice, read as fast as it
        comes; VmRSS is read every 10 ms meanwhile, and the most counts. `/proc/PID/status` throughout, so that all of the process is in it. The heap in use is asked for last, after a
        collection that this makes. Stops are those of `-Xlog:safepoint` since the start, with what the machine did meanwhile. Every call is a miss; each was answered (no errors), with
        one upstream call each. Hit ratio: 0.\
        """,
        STARTS,
        IDLE_SECONDS,
        BLOCKS,
        LargeAnswerNode.resultBytes());
  }
}
