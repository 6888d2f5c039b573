package dev.tenfold.bench;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** What a call within a batch of hits costs, against a hit by itself. */
final class BatchBenchmark {
  private static final int CALLS = 20;
  private static final Side.Load LOAD = new Side.Load(64, 20_000, 60);
  private static final int WARM_UP_ROUNDS = 15;
  private static final int ROUNDS = 40;

  private BatchBenchmark() {}

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    try (Servers servers = new Servers()) {
      String blocks = Integer.toString(CALLS + Blocks.NOT_FINAL);
      URI node = servers.node("--blocks", blocks, "--block-time", "1h");
      Side.Server server = servers.gateway(node);
      List<HttpCall> calls = Blocks.kept(server, CALLS);
      HttpCall batch = Servers.hit(server, Blocks.batch(CALLS));
      HttpCall mean = Blocks.mean(calls);
      Side single = new Side("single", server, Schedule.same(Schedule.Planned.of(mean)));
      Side batched =
          new Side("in a batch", server, Schedule.same(Schedule.Planned.of(batch)), CALLS);
      Comparison comparison =
          new Comparison(List.of(single, batched), LOAD, WARM_UP_ROUNDS, ROUNDS);
      comparison.measure();
      Report report = new Report("batch", "A call in a batch of 20 hits against one alone", today);
      report.paragraph(
          Comparison.inWords(
              "A call within a batch of 20 hits costs a single one's", batched, single));
      comparison.spreads(report, single);
      comparison.answered(report);
      report.heading("How it was taken").paragraph(method(batch, mean) + comparison.method());
      comparison.rounds(report);
      return report.setting(
          ProcessFigures.jvmFlags(server.program().pid()), server.collectors(), loadAtStart);
    }
  }

  private static String method(HttpCall batch, HttpCall single) {
    return String.format(
        Locale.ROOT,
        """
        `bench/run batch`: one gateway in front of `./tenfold node`. A batch asks for blocks 0 to %d (`eth_getBlockByNumber`), and its reply has
        %,d bytes; the single call asks for the one of them whose reply (%,d bytes) is nearest to the mean. All are kept.
        """,
        CALLS - 1,
        batch.bodyLength(),
        single.bodyLength());
  }
}
