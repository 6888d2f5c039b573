package dev.tenfold.bench;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a hit costs where many keys are asked for, against one key. */
final class KeysBenchmark {
  private static final int KEYS = 10_000;
  private static final Side.Load LOAD = new Side.Load(64, 50_000, 60);
  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 40;

  private KeysBenchmark() {}

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    try (Servers servers = new Servers()) {
      String blocks = Integer.toString(KEYS + Blocks.NOT_FINAL);
      URI node = servers.node("--blocks", blocks, "--block-time", "1h");
      Side.Server server = servers.gateway(node);
      List<HttpCall> calls = Blocks.kept(server, KEYS);
      HttpCall mean = Blocks.mean(calls);
      Side one = new Side("one key", server, Schedule.same(Schedule.Planned.of(mean)));
      Side uniform = new Side("uniform", server, Schedule.uniform(calls, new Random(1)));
      Side zipf = new Side("zipf", server, Schedule.zipf(calls, new Random(1)));
      Comparison comparison =
          new Comparison(List.of(one, uniform, zipf), LOAD, WARM_UP_ROUNDS, ROUNDS);
      comparison.measure();
      Report report = new Report("keys", "A hit of 10,000 keys against one", today);
      report.paragraph(
          Comparison.inWords(
              "A hit of 10,000 keys, each as likely, costs one key's", uniform, one));
      report.paragraph(
          Comparison.inWords("A hit of 10,000 keys by Zipf's law costs one key's", zipf, one));
      comparison.spreads(report, one);
      comparison.answered(report);
      report.heading("How it was taken").paragraph(method(calls, mean) + comparison.method());
      comparison.rounds(report);
      return report.setting(
          ProcessFigures.jvmFlags(server.program().pid()), server.collectors(), loadAtStart);
    }
  }

  private static String method(List<HttpCall> calls, HttpCall mean) {
    return String.format(
        Locale.ROOT,
        """
        `bench/run keys`: one gateway in front of `./tenfold node --blocks %d`. The calls are `eth_getBlockByNumber` of blocks 0 to %d, all kept; their
        bodies have %,.0f bytes on average, and that of the one key %,d. Zipf's law has the exponent 1.
        """,
        KEYS + Blocks.NOT_FINAL,
        KEYS - 1,
        Blocks.meanLength(calls),
        mean.bodyLength());
  }
}
