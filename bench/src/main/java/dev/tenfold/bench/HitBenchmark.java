package dev.tenfold.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;

/**
 * What a cache hit costs, against a bare handler of the same HTTP stack. Both run at once, each
 * under load in turn.
 */
final class HitBenchmark {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x0\",false]}";
  private static final int ENVELOPE_BYTES = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":}".length();
  private static final Side.Load LOAD = new Side.Load(64, 100_000, 60);
  private static final String HIT = "Tenfold; hit";
  private static final int ATTEMPTS = 100;
  private static final long PAUSE_MILLIS = 100;
  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 30;

  private final URI operators;
  private final HttpCall hit;
  private final Side gateway;
  private final Side bare;
  private Stats counted = new Stats(0, 0, 0, 0);

  private HitBenchmark(URI operators, HttpCall hit, Side gateway, Side bare) {
    this.operators = operators;
    this.hit = hit;
    this.gateway = gateway;
    this.bare = bare;
  }

  static Report run(LocalDate today)
      throws IOException, InterruptedException, AttachNotSupportedException, JMException {
    String loadAtStart = Machine.load();
    try (Program node = Program.tenfold("node", "--port", "0", "--blocks", "200");
        Program serve = serve(node)) {
      List<URI> urls = serve.addresses();
      InetSocketAddress address = Side.address(urls.get(0));
      HttpCall hit = hit(address, serve, CALL);
      List<String> flags = ProcessFigures.jvmFlags(serve.pid());
      try (Program plain = bare(flags, hit);
          JvmProbe serveProbe = JvmProbe.attach(serve.pid());
          JvmProbe plainProbe = JvmProbe.attach(plain.pid())) {
        InetSocketAddress plainAddress = Side.address(plain.addresses().getFirst());
        HttpCall fixed = HttpCall.send(plainAddress, HttpCall.post(plainAddress, CALL));
        checkSameSize(hit, fixed);
        Side gateway = new Side(serve, serveProbe, address, hit);
        Side bare = new Side(plain, plainProbe, plainAddress, fixed);
        HitBenchmark benchmark = new HitBenchmark(urls.get(1), hit, gateway, bare);
        benchmark.measure();
        return benchmark.report(today).setting(flags, serveProbe.collectors(), loadAtStart);
      }
    }
  }

  private static Program serve(Program node) throws IOException {
    String upstream = node.addresses().getFirst().toString();
    return Program.tenfold("serve", "--upstream", upstream, "--port", "0", "--ops-port", "0");
  }

  private static Program bare(List<String> flags, HttpCall hit) throws IOException {
    String port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = Integer.toString(free.getLocalPort());
    }
    String length = Integer.toString(hit.bodyLength());
    return Program.java(flags, BareServer.class, port, length, HIT);
  }

  /** Asks until memory answers: the first call is kept once the finalized block is known. */
  static HttpCall hit(InetSocketAddress gateway, Program serve, String question)
      throws IOException, InterruptedException {
    byte[] request = HttpCall.post(gateway, question);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      HttpCall call = HttpCall.send(gateway, request);
      if (call.isOk() && call.head().contains(HIT)) {
        return call;
      }
      serve.stayFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException("not answered from memory: " + question);
  }

  private static void checkSameSize(HttpCall hit, HttpCall fixed) {
    if (hit.reply().length != fixed.reply().length) {
      throw new IllegalStateException(
          "the replies differ in size: " + hit.head() + " and " + fixed.head());
    }
  }

  private void measure() throws IOException, JMException {
    rounds(WARM_UP_ROUNDS);
    gateway.forget();
    bare.forget();
    counted = rounds(ROUNDS);
  }

  /** Warms up with all that is asked between rounds too, since that makes code anew once. */
  private Stats rounds(int count) throws IOException, JMException {
    Stats sum = new Stats(0, 0, 0, 0);
    for (int round = 0; round < count; round++) {
      Stats before = Stats.read(operators);
      gateway.measure(LOAD);
      sum = sum.plus(Stats.read(operators).since(before));
      bare.measure(LOAD);
    }
    return sum;
  }

  private List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ratios.add(gateway.cpuMicros().get(round) / bare.cpuMicros().get(round));
    }
    return ratios;
  }

  private Report report(LocalDate today) {
    Report report = new Report("hit", "A cache hit against a bare handler", today);
    Spread ratio = Spread.of(ratios());
    report.paragraph(summary(ratio));
    report.spreads();
    report.spread("CPU time, gateway over bare, pair by pair", ratio, 2);
    report.spread("CPU µs a request, gateway", Spread.of(gateway.cpuMicros()), 2);
    report.spread("CPU µs a request, bare handler", Spread.of(bare.cpuMicros()), 2);
    report.spread("heap bytes a request, gateway", Spread.of(gateway.allocatedBytes()), 0);
    report.spread("heap bytes a request, bare handler", Spread.of(bare.allocatedBytes()), 0);
    counts(report);
    method(report);
    return rounds(report);
  }

  private static String summary(Spread ratio) {
    return String.format(
        Locale.ROOT,
        "A hit costs **%.2f times** the CPU time of a bare handler that reads the body and writes"
            + " as many bytes\n"
            + "(median of %d pairs of rounds; half of them lie between %.2f and %.2f).",
        ratio.median(),
        ratio.n(),
        ratio.lowerQuartile(),
        ratio.upperQuartile());
  }

  private void counts(Report report) {
    report.heading("What was answered").table("in the rounds that count", "");
    report.row(
        List.of(
            "requests to each side", String.format(Locale.ROOT, "%,d", ROUNDS * LOAD.requests())));
    report.row(List.of("hit ratio", String.format(Locale.ROOT, "%.6f", counted.hitRatio())));
    report.row(List.of("errors, gateway", Integer.toString(gateway.errors())));
    report.row(List.of("errors, bare handler", Integer.toString(bare.errors())));
    report.row(List.of("upstream calls", Long.toString(counted.upstreamCalls())));
    report.row(List.of("upstream polls of the head", Long.toString(counted.upstreamPolls())));
  }

  private void method(Report report) {
    report.heading("How it was taken");
    report.paragraph(
        String.format(
            Locale.ROOT,
            """
            `bench/run hit`: the gateway (`./tenfold serve` in front of `./tenfold node --blocks 200`) and the bare handler run at
            once, as processes of their own on one machine, with the same Vert.x, options, event loops and JVM flags. A third
            process sends `%s`
            over %d keep-alive connections without pipelining, to one and the other in turn, %,d requests a round; each
            reply is compared byte for byte. %d rounds a side come before, to warm up. The result has %,d bytes and
            the whole reply %,d on both sides, with three headers. CPU time is user and system of the whole process
            (`/proc/PID/stat`), so that collector, compiler and, for the gateway, head polling are in it; heap bytes are
            `TotalThreadAllocatedBytes`. The load shares the processors with both sides: the figures say nothing of throughput.\
            """,
            CALL,
            LOAD.connections(),
            LOAD.requests(),
            WARM_UP_ROUNDS,
            hit.bodyLength() - ENVELOPE_BYTES,
            hit.reply().length));
  }

  private Report rounds(Report report) {
    report.heading("The rounds").table("round", "gateway, CPU µs", "bare, CPU µs", "ratio");
    for (int i = 0; i < ROUNDS; i++) {
      report.row(
          List.of(
              Integer.toString(i + 1),
              String.format(Locale.ROOT, "%.2f", gateway.cpuMicros().get(i)),
              String.format(Locale.ROOT, "%.2f", bare.cpuMicros().get(i)),
              String.format(Locale.ROOT, "%.2f", ratios().get(i))));
    }
    return report;
  }
}
