package dev.tenfold.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.management.JMException;

/**
 * Several sides under the same load in turn, round by round, so that what else the machine does
 * disturbs all of them. What counts is the ratio of two sides within a round.
 */
final class Comparison {
  private final List<Side> sides;
  private final Side.Load load;
  private final int warmUpRounds;
  private final int rounds;

  Comparison(List<Side> sides, Side.Load load, int warmUpRounds, int rounds) {
    this.sides = List.copyOf(sides);
    this.load = load;
    this.warmUpRounds = warmUpRounds;
    this.rounds = rounds;
  }

  /** Warms up with all that is asked between rounds too, since that makes code anew once. */
  void measure() throws IOException, JMException {
    rounds(warmUpRounds);
    sides.forEach(Side::forget);
    rounds(rounds);
  }

  /** The order turns round by round: nobody always comes after the same neighbour. */
  private void rounds(int count) throws IOException, JMException {
    List<Side> order = new ArrayList<>(sides);
    for (int round = 0; round < count; round++) {
      for (Side side : order) {
        side.measure(load);
      }
      Collections.rotate(order, 1);
    }
  }

  /** CPU time a request of one side over that of another, round by round. */
  static Spread ratio(Side thing, Side yardstick) {
    return Spread.of(
        IntStream.range(0, thing.cpuMicros().size())
            .mapToObj(round -> thing.cpuMicros().get(round) / yardstick.cpuMicros().get(round))
            .toList());
  }

  /** A sentence that leads a report. */
  static String inWords(String what, Side thing, Side yardstick) {
    Spread ratio = ratio(thing, yardstick);
    return String.format(
        Locale.ROOT,
        "%s **%.2f times** the CPU time (median of %d pairs of rounds; the middle half lies between"
            + " %.2f and %.2f).",
        what,
        ratio.median(),
        ratio.n(),
        ratio.lowerQuartile(),
        ratio.upperQuartile());
  }

  /** The table of spreads: what a request costs each side, and each against a yardstick. */
  void spreads(Report report, Side yardstick) {
    report.spreads();
    for (Side side : sides) {
      if (side != yardstick) {
        report.spread(
            "CPU time, " + side.name() + " over " + yardstick.name(), ratio(side, yardstick), 2);
      }
    }
    for (Side side : sides) {
      report.spread("CPU µs a request, " + side.name(), Spread.of(side.cpuMicros()), 2);
    }
    for (Side side : sides) {
      if (side.isJvm()) {
        report.spread("heap bytes a request, " + side.name(), Spread.of(side.allocatedBytes()), 0);
      }
    }
  }

  /** The table of what was answered in the rounds that count. */
  void answered(Report report) {
    report
        .heading("What was answered")
        .table(
            "in the rounds that count",
            "replies",
            "errors",
            "hit ratio",
            "upstream calls",
            "upstream polls");
    for (Side side : sides) {
      List<String> cells = new ArrayList<>();
      cells.add(side.name());
      cells.add(String.format(Locale.ROOT, "%,d", side.replies()));
      cells.add(String.format(Locale.ROOT, "%,d", side.errors()));
      Stats counted = side.counted();
      cells.add(side.isGateway() ? String.format(Locale.ROOT, "%.6f", counted.hitRatio()) : "none");
      cells.add(side.isGateway() ? Long.toString(counted.upstreamCalls()) : "not counted");
      cells.add(side.isGateway() ? Long.toString(counted.upstreamPolls()) : "none");
      report.row(cells);
    }
  }

  /** How the rounds were run, as the end of a paragraph. */
  String method() {
    return String.format(
        Locale.ROOT,
        "Each side is asked in turn by a process of its own, over %d keep-alive connections without"
            + " pipelining, %,d requests a round; %d rounds a side come before, to warm up. Every"
            + " reply is checked. CPU time is user and system of the whole process and its children"
            + " (`/proc/PID/stat`), so that collector, compiler and, for a gateway, the polls of"
            + " the head are in it; heap bytes are `TotalThreadAllocatedBytes`. The load shares the"
            + " processors with all sides: the figures say nothing of throughput.",
        load.connections(),
        load.requests(),
        warmUpRounds);
  }

  /** Every round of every side. */
  void rounds(Report report) {
    List<String> heads = new ArrayList<>(List.of("round"));
    sides.forEach(side -> heads.add(side.name() + ", CPU µs"));
    report.heading("The rounds").table(heads.toArray(String[]::new));
    for (int round = 0; round < rounds; round++) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(round + 1)));
      for (Side side : sides) {
        cells.add(String.format(Locale.ROOT, "%.2f", side.cpuMicros().get(round)));
      }
      report.row(cells);
    }
  }
}
