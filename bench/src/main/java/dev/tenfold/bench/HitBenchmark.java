package dev.tenfold.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cache hit costs, against a bare handler of the same HTTP stack and against nginx. A hit of
 * the newest block is measured beside one of a final block, and another build if one is given.
 */
final class HitBenchmark {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x0\",false]}";
  private static final String LATEST = CALL.replace("0x0", "latest");
  private static final int ENVELOPE_BYTES = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":}".length();
  private static final Side.Load LOAD = new Side.Load(64, 50_000, 60);
  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 40;

  private HitBenchmark() {}

  /**
   * Runs it.
   *
   * @param earlier the root of another build, to be compared with this one
   */
  static Report run(LocalDate today, @Nullable Path earlier) throws Exception {
    String loadAtStart = Machine.load();
    try (Servers servers = new Servers()) {
      URI node = servers.node("--blocks", "200", "--block-time", "1h");
      Side.Server server = servers.gateway(node);
      HttpCall hit = Servers.hit(server, CALL);
      Side gateway = new Side("gateway", server, same(hit));
      Side latest = new Side("gateway, latest", server, same(Servers.hit(server, LATEST)));
      Side.Server plain = servers.bare(server, hit.bodyLength());
      HttpCall fixed = Servers.ask(plain, CALL);
      checkSameSize(hit, fixed);
      Side bare = new Side("bare handler", plain, same(fixed));
      Side nginx = nginx(servers.nginx(node, true));
      List<Side> sides = new ArrayList<>(List.of(bare, nginx, gateway, latest));
      if (earlier != null) {
        sides.add(earlier(servers, earlier, node));
      }
      Comparison comparison = new Comparison(sides, LOAD, WARM_UP_ROUNDS, ROUNDS);
      comparison.measure();
      return report(today, comparison, sides, hit)
          .setting(
              ProcessFigures.jvmFlags(server.program().pid()), server.collectors(), loadAtStart);
    }
  }

  private static Schedule same(HttpCall call) {
    return Schedule.same(Schedule.Planned.of(call));
  }

  private static Side nginx(Side.Server server) throws Exception {
    HttpCall first = Servers.ask(server, CALL);
    return new Side("nginx", server, Schedule.same(Schedule.Planned.ofBody(first)));
  }

  private static Side earlier(Servers servers, Path root, URI node) throws Exception {
    Side.Server server = servers.gateway(root, Map.of(), node);
    return new Side(Machine.commit(root), server, same(Servers.hit(server, CALL)));
  }

  private static void checkSameSize(HttpCall hit, HttpCall fixed) {
    if (hit.reply().length != fixed.reply().length) {
      throw new IllegalStateException(
          "the replies differ in size: " + hit.head() + " and " + fixed.head());
    }
  }

  private static Report report(
      LocalDate today, Comparison comparison, List<Side> sides, HttpCall hit) {
    String name = sides.size() > 4 ? "hit-against" : "hit";
    Report report = new Report(name, "A cache hit against a bare handler and nginx", today);
    Side bare = sides.get(0);
    Side nginx = sides.get(1);
    Side gateway = sides.get(2);
    report.paragraph(Comparison.inWords("A hit costs a bare handler's", gateway, bare));
    report.paragraph(Comparison.inWords("It costs nginx `proxy_cache`'s", gateway, nginx));
    report.paragraph(
        Comparison.inWords("A hit of the newest block costs a final one's", sides.get(3), gateway));
    if (sides.size() > 4) {
      report.paragraph(
          Comparison.inWords(
              "A hit costs that of the build " + sides.get(4).name(), gateway, sides.get(4)));
    }
    comparison.spreads(report, bare);
    comparison.answered(report);
    report.heading("How it was taken").paragraph(method(hit) + comparison.method());
    comparison.rounds(report);
    return report;
  }

  private static String method(HttpCall hit) {
    return String.format(
        Locale.ROOT,
        """
        `bench/run hit`: the gateway (`./tenfold serve`), nginx (Debian's, one worker, `proxy_cache` keyed by the body, tmpfs, no log), both in
        front of `./tenfold node --blocks 200`, and a bare handler, which reads the body and writes as many bytes and headers with the same
        Vert.x, options, event loops and JVM flags; all at once, as processes of their own on one machine. The call is
        `%s`, and for the newest block the same with `latest`.
        The result has %,d bytes and the whole reply of the gateway and of the bare handler %,d, with three headers.
        """,
        CALL,
        hit.bodyLength() - ENVELOPE_BYTES,
        hit.reply().length);
  }
}
