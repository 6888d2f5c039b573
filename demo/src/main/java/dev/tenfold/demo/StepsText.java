package dev.tenfold.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** The table for people: a line for each step, and then what each step brought, in words. */
final class StepsText {
  private static final String NAME = "%-15s";
  private static final int COLUMN = 10;

  private final Formatter page = new Formatter(Locale.ROOT);
  private final StepsResult result;
  private final StepsPlan plan;
  private final List<Measured> lines;

  private StepsText(StepsResult result) {
    this.result = result;
    plan = result.plan();
    lines = result.lines();
  }

  static String of(StepsResult result) {
    return new StepsText(result).write();
  }

  private String write() {
    table();
    changes();
    doubts();
    setting();
    how();
    return page.toString();
  }

  private void table() {
    page.format(NAME, "");
    for (Figure figure : Figure.values()) {
      page.format("%" + width(figure) + "s", figure.head());
    }
    page.format("%n");
    for (Measured line : lines) {
      page.format(NAME, line.name());
      for (Figure figure : Figure.values()) {
        page.format("%" + width(figure) + "s", median(line, figure));
      }
      page.format("%n");
    }
  }

  private static int width(Figure figure) {
    return figure == Figure.THROUGHPUT ? COLUMN + 1 : COLUMN;
  }

  private static String median(Measured line, Figure figure) {
    Spread spread = line.spread(figure);
    return spread.isEmpty() ? "-" : figure.text(spread.median());
  }

  private void changes() {
    page.format("%nWhat each line changed, and what that brought%n");
    for (int place = 0; place < lines.size(); place++) {
      Measured line = lines.get(place);
      sentence(line.name(), line.change());
      if (place > 0) {
        sentence("", "-> " + brought(line, lines.get(place - 1)));
      }
    }
  }

  private String brought(Measured line, Measured before) {
    if (!line.comparable()) {
      return "for comparison only";
    }
    if (plan.rounds() < Spread.LEAST_ROUNDS) {
      return "too few rounds to tell";
    }
    List<String> differences =
        Arrays.stream(Figure.values())
            .filter(figure -> line.differs(figure, before))
            .map(figure -> difference(figure, before, line))
            .toList();
    if (differences.isEmpty()) {
      return "no difference";
    }
    boolean all = differences.size() == Figure.values().length;
    return String.join(", ", differences) + (all ? "" : "; no difference in the rest");
  }

  private static String difference(Figure figure, Measured before, Measured line) {
    return figure.phrase() + " " + median(before, figure) + " to " + median(line, figure);
  }

  private void doubts() {
    for (Measured line : lines) {
      long unclean = line.rounds().stream().filter(round -> !round.isClean()).count();
      if (unclean > 0) {
        page.format(
            "%nWARNING: \"%s\" did not answer everything in %d of %d rounds: %s%n",
            line.name(), unclean, line.rounds().size(), failures(line));
      }
      long empty = line.rounds().stream().filter(round -> round.burst().good() == 0).count();
      if (empty > 0) {
        page.format(
            "%nWARNING: \"%s\" answered nothing that was sent within the burst in %d of %d"
                + " rounds:%n  this machine is too slow or too busy for a throughput%n",
            line.name(), empty, line.rounds().size());
      }
    }
  }

  private static List<String> failures(Measured line) {
    List<String> failures = new ArrayList<>();
    for (Reading round : line.rounds()) {
      if (!round.isClean()) {
        failures.add(
            "steady %s, %d unsent; burst %s"
                .formatted(
                    round.steady().errors(), round.steady().unsent(), round.burst().errors()));
      }
    }
    return failures;
  }

  private void setting() {
    page.format(
        "%nOn %d processors shared by all parts and the load, JDK %s, %s in %d s.%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        plan.roundsText(),
        result.took().toSeconds());
    page.format(
        "A node that takes %d ms, with a new block each %d s. The flags of all JVMs:%n  %s%n",
        DemoPlan.NODE_LATENCY.toMillis(),
        DemoPlan.BLOCK_TIME.toSeconds(),
        StepsPlan.HEAP + " " + String.join("%n  ".formatted(), Workplace.flags()));
    page.format("Mix (tenfold demo --steps --print-mix): %s%n", String.join(", ", calls()));
  }

  private List<String> calls() {
    return result.mix().calls().stream().map(call -> call.weight() + "% " + call.method()).toList();
  }

  private void how() {
    page.format("%nHow it was taken%n");
    sentence(
        "rounds",
        "each starts each line in a process of its own, one after the other, and begins with"
            + " another one; in the table is the median of the rounds");
    sentence("difference", rule());
    sentence(
        "p50, p99",
        "of %,d requests a second at constant intervals for %s, from when each was meant to go out (open loop)"
            .formatted(plan.rate(), seconds(plan.steady())));
    sentence(
        "throughput",
        "of a closed loop over %d connections for %s, after %s of the same as warm-up"
            .formatted(
                plan.connections(),
                seconds(plan.burst()),
                seconds(plan.burst().multipliedBy(StepsPlan.WARM_UP_BURSTS))));
    sentence(
        "a request",
        "processor time (user and system), bytes allocated on the heap, and calls that the node"
            + " got, all of them under the open loop, by its requests");
    sentence("memory", "resident memory of the process, at the end of both loads");
    sentence("GC pause", "the longest until then, from the start of the process");
    sentence(
        "same work",
        "each step gave the same answers to the same questions, byte for byte, and had written down"
            + " each request that it answered");
  }

  private String rule() {
    return plan.rounds() < Spread.LEAST_ROUNDS
        ? "takes " + Spread.LEAST_ROUNDS + " rounds or more"
        : "only where all rounds lie on the same side of all rounds of the line before; by chance"
            + " alone that happens in one comparison of "
            + Spread.chance(plan.rounds());
  }

  private void sentence(String name, String text) {
    Sentence.write(page, name, text);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
