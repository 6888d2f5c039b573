package dev.tenfold.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a miss costs and adds, against nginx as a plain proxy to the same node. */
final class MissBenchmark {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBalance\",\"params\":[\"0x000000000000000000000000000000"
          + Schedule.DIGITS
          + "\",\"0x1\"]}";
  private static final String RIGHT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x";
  private static final Side.Load MANY = new Side.Load(64, 10_000, 60);
  private static final Side.Load FEW = new Side.Load(4, 4_000, 60);
  private static final int WARM_UP_ROUNDS = 25;
  private static final int ROUNDS = 40;

  private MissBenchmark() {}

  static Report run(LocalDate today, @Nullable Path earlier) throws Exception {
    String loadAtStart = Machine.load();
    try (Servers servers = new Servers()) {
      URI url = servers.node("--blocks", "200", "--block-time", "1h");
      Side.Server server = servers.gateway(url);
      Servers.hit(server, Blocks.call(1));
      List<Side> sides = new ArrayList<>();
      sides.add(side("nginx", servers.nginx(url, false)));
      sides.add(side("gateway", server));
      sides.add(side("node itself", servers.running(url)));
      if (earlier != null) {
        sides.add(side(Machine.commit(earlier), servers.gateway(earlier, Map.of(), url)));
      }
      Comparison many = new Comparison(sides, MANY, WARM_UP_ROUNDS, ROUNDS);
      many.measure();
      Report report = new Report("miss", "A miss against nginx as a plain proxy", today);
      Side nginx = sides.get(0);
      Side gateway = sides.get(1);
      report.paragraph(Comparison.inWords("A miss costs a pass through nginx's", gateway, nginx));
      if (earlier != null) {
        report.paragraph(
            Comparison.inWords(
                "A miss costs that of the build " + sides.get(3).name(), gateway, sides.get(3)));
      }
      many.spreads(report, nginx);
      many.answered(report);
      Comparison few = new Comparison(sides, FEW, 2, ROUNDS);
      few.measure();
      latencies(report, sides);
      few.answered(report);
      report.heading("How it was taken").paragraph(method() + many.method());
      many.rounds(report);
      return report.setting(
          ProcessFigures.jvmFlags(server.program().pid()), server.collectors(), loadAtStart);
    }
  }

  private static Side side(String name, Side.Server server) {
    byte[] request = HttpCall.post(server.address(), CALL);
    return new Side(name, server, Schedule.fresh(request, ReplyCheck.ok(RIGHT)));
  }

  private static void latencies(Report report, List<Side> sides) {
    report.heading("Latency with 4 connections").spreads();
    Side node = sides.get(2);
    for (Side side : sides) {
      report.spread("µs at p50, " + side.name(), Spread.of(side.medianMicros()), 0);
    }
    for (Side side : sides) {
      report.spread("CPU µs a call, " + side.name(), Spread.of(side.cpuMicros()), 1);
    }
    for (Side side : sides) {
      if (side != node) {
        report.spread("µs added at p50, " + side.name(), Comparison.added(side, node), 0);
      }
    }
  }

  private static String method() {
    return String.format(
        Locale.ROOT,
        """
        `bench/run miss`: the gateway (`./tenfold serve`), nginx (Debian's, one worker, a plain proxy with connections kept), both in front of one
        `./tenfold node`, which answers at once. Every call is another: `eth_getBalance` of another address at block 1, which the gateway
        looks up, asks the node for, checks and keeps. Latency is taken by itself, over %d connections: the median of each of %d rounds,
        and what a side adds to the node's own median of the same round.
        """,
        FEW.connections(),
        ROUNDS);
  }
}
