package dev.tenfold.demo;

import dev.tenfold.loadgen.Latency;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The table for people: each row with its name first, the reference's figures last. */
final class DemoText {
  private static final double NANOS_A_MILLI = 1e6;
  private static final double BYTES_A_MEBIBYTE = 1 << 20;
  private static final double PERCENT = 100;
  private static final String ROW = "%-16s %14s %18s %14s   %s%n";

  private final Formatter page = new Formatter(Locale.ROOT);
  private final DemoResult result;

  private DemoText(DemoResult result) {
    this.result = result;
  }

  static String of(DemoResult result) {
    return new DemoText(result).write();
  }

  private String write() {
    List<String> heads = new ArrayList<>(List.of(""));
    result.columns().forEach(column -> heads.add(column.name()));
    heads.add("the reference, before -> after");
    page.format(ROW, heads.toArray());
    row("latency p50", c -> millis(latency(c).p50Nanos()), "100 ms -> 10 ms");
    row("latency p99", c -> millis(latency(c).p99Nanos()), "");
    row("throughput", DemoText::throughput, "1,000 -> 10,000 requests/s");
    row("memory", DemoText::memory, "2 GB -> 512 MB");
    row("CPU", DemoText::cpu, "80% -> 30%");
    row("GC pause", c -> pause(c.pauses()), "50 ms -> 5 ms");
    row("upstream calls", c -> format("%,d", c.upstreamCalls()), "");
    doubts();
    setting();
    how();
    return page.toString();
  }

  private void row(String name, Function<Column, String> figure, String reference) {
    List<String> cells = new ArrayList<>(List.of(name));
    result.columns().forEach(column -> cells.add(figure.apply(column)));
    cells.add(reference);
    page.format(ROW, cells.toArray());
  }

  private void doubts() {
    for (Column column : result.columns()) {
      if (column.steady().failed() + column.steady().unsent() > 0) {
        page.format(
            "%nWARNING: \"%s\" did not hold the steady load: %,d failed %s, %,d never sent%n",
            column.name(),
            column.steady().failed(),
            column.steady().errors(),
            column.steady().unsent());
      }
      if (column.maximum().throughput() == 0) {
        page.format("%nWARNING: \"%s\" held none of the rates that were tried%n", column.name());
      }
    }
  }

  private void setting() {
    page.format(
        "%nOn %d processors shared by all parts and the load, JDK %s, in %d s. A node that takes"
            + " 100 ms, with a new block each %d s; %d connections.%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        result.took().toSeconds(),
        DemoPlan.BLOCK_TIME.toSeconds(),
        DemoPlan.CONNECTIONS);
    page.format("JVM flags of all: %s%n", String.join(" ", Workplace.flags()));
    result
        .columns()
        .forEach(
            column -> page.format("  %s: %s%n", column.name(), String.join(" ", column.flags())));
    page.format("Mix (tenfold load takes the same, see tenfold demo --print-mix): ");
    page.format("%s%n", String.join(", ", calls()));
    Column after = result.columns().getLast();
    page.format(
        "Hit ratio of \"%s\": %.1f%% under the steady load, %.1f%% at the maximum.%n",
        after.name(), PERCENT * after.steady().hitRatio(), PERCENT * after.maximum().hitRatio());
  }

  private List<String> calls() {
    return result.mix().calls().stream().map(call -> call.weight() + "% " + call.method()).toList();
  }

  private void how() {
    Column after = result.columns().getLast();
    double step = result.plan().step().toMillis() / 1e3;
    page.format("%nHow each row was taken%n");
    sentence(
        "latency p50",
        format("half of %,d requests, ", after.steady().sent())
            + format("%,d a second at constant intervals, ", result.plan().rate())
            + "were answered within this after they were meant to go out (open loop)");
    sentence(
        "latency p99",
        "of the same requests; a miss takes the node's 100 ms. The hits of \"after\" alone: "
            + millis(after.steady().hits().getValueAtPercentile(99)));
    sentence(
        "throughput",
        "the highest of rising rates at which 99% are answered within a second, none fails and no"
            + format(" queue grows, %.1f s each, around what a closed loop", step)
            + format(" reaches; %.1f s of warm-up come first", Maximum.WARM_UP_STEPS * step));
    sentence(
        "memory",
        "resident memory of the process, at the end of both loads; the heap (-Xmx) was found by"
            + " trying: with a smaller one \"before\" holds less, while \"after\" does not, and has"
            + " room for its cache");
    sentence(
        "CPU",
        "of the process, user and system, while the latencies were taken; 100% is one processor");
    sentence(
        "GC pause",
        "the longest in the JVM's log while the latencies were taken; until then, with the search"
            + " for the maximum: "
            + each(c -> pause(c.earlierPauses())));
    sentence(
        "upstream calls",
        "what the node was asked while the latencies were taken, the gateway's own polls too");
    sentence("late", "how late the load itself was at most: " + each(DemoText::lateness));
    sentence(
        "before",
        "an ordinary backend: the JDK's HTTP server, "
            + DemoPlan.BEFORE_THREADS
            + " threads, JSON as trees, a connection for each call, no cache");
    sentence(
        "cache off",
        "the gateway with cache.memory 0B: equal calls in flight are still shared, and head and"
            + " chain id known");
  }

  private void sentence(String name, String text) {
    Sentence.write(page, name, text);
  }

  private String each(Function<Column, String> figure) {
    return String.join(", ", result.columns().stream().map(figure).toList());
  }

  private static String pause(GcLog pauses) {
    return pauses.count() == 0 ? "none" : format("%.1f ms", pauses.longestMillis());
  }

  private static String lateness(Column column) {
    return millis(column.steady().lateness().getMaxValue());
  }

  private static Latency latency(Column column) {
    return Latency.of(column.steady().latency());
  }

  private static String throughput(Column column) {
    return format("%,.0f/s", column.maximum().throughput());
  }

  private static String memory(Column column) {
    return column.residentBytes().isPresent()
        ? format("%,.0f MiB", column.residentBytes().getAsLong() / BYTES_A_MEBIBYTE)
        : "needs Linux";
  }

  private static String cpu(Column column) {
    return column.cpuShare().isPresent()
        ? format("%.0f%%", PERCENT * column.cpuShare().getAsDouble())
        : "needs Linux";
  }

  private static String millis(long nanos) {
    return format("%,.2f ms", nanos / NANOS_A_MILLI);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the formats are those of the methods above
  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
