package dev.tenfold.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** What a key, its limits and the counting of its usage add to a hit. */
final class AccessBenchmark {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x0\",false]}";
  private static final String KEYS =
      """
      access:
        keys:
          - { name: counted, key: counted-by-usage }
          - { name: limited, key: limited-and-counted, tier: all }
        tiers:
          all: { rate: 1000000, units: 1000000, monthly-units: 1000000000000, concurrency: 1000000 }
        units: { eth_getBlockByNumber: 1 }
      """;
  private static final Side.Load LOAD = new Side.Load(64, 50_000, 60);
  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 40;

  private AccessBenchmark() {}

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    Path file = configuration();
    try (Servers servers = new Servers()) {
      URI node = servers.node("--blocks", "200", "--block-time", "1h");
      Side.Server server = servers.gateway(node, "--config", file.toString());
      Servers.hit(server, CALL);
      Side without = side("without a key", server, "/main");
      Side counted = side("with a key", server, "/main/counted-by-usage");
      Side limited = side("with a key and limits", server, "/main/limited-and-counted");
      Comparison comparison =
          new Comparison(List.of(without, counted, limited), LOAD, WARM_UP_ROUNDS, ROUNDS);
      comparison.measure();
      Report report = new Report("access", "A hit with a key, limits and usage", today);
      report.paragraph(
          Comparison.inWords(
              "A hit with a key whose usage is counted costs one without a key's",
              counted,
              without));
      report.paragraph(
          Comparison.inWords(
              "With four limits too, and RateLimit fields in the reply,", limited, without));
      comparison.spreads(report, without);
      comparison.answered(report);
      report.heading("How it was taken").paragraph(method() + comparison.method());
      comparison.rounds(report);
      return report.setting(
          ProcessFigures.jvmFlags(server.program().pid()), server.collectors(), loadAtStart);
    } finally {
      Files.delete(file);
    }
  }

  private static Path configuration() throws IOException {
    return Files.writeString(Files.createTempFile("tenfold-access", ".yaml"), KEYS);
  }

  private static Side side(String name, Side.Server server, String path) throws IOException {
    HttpCall call = HttpCall.send(server.address(), HttpCall.post(server.address(), path, CALL));
    return new Side(name, server, Schedule.same(Schedule.Planned.ofBody(call)));
  }

  private static String method() {
    return """
    `bench/run access`: one gateway in front of `./tenfold node --blocks 200`, asked for the same kept block without a key, with a key in the path whose usage is
    counted and written to SQLite each second, and with one that has a rate, a rate of units, a monthly limit and one of calls under way besides (none
    of them is ever reached).
    """;
  }
}
