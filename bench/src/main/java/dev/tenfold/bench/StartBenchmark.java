package dev.tenfold.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long the program takes from exec until it says that it is ready: with the launcher's AOT
 * cache and without, in turn.
 */
final class StartBenchmark {
  private static final int STARTS = 10;
  private static final long POLL_MILLIS = 5;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final double NANOS_A_MILLI = 1e6;
  private static final byte[] READY =
      "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Side with = new Side("with the AOT cache", Map.of());
  private final Side without = new Side("without", Map.of("TENFOLD_AOT", "off"));

  private StartBenchmark() {}

  /** One way to start, and what that took. */
  private static final class Side {
    private final String name;
    private final Map<String, String> environment;
    private final List<Double> wallMillis = new ArrayList<>();
    private final List<Double> cpuMillis = new ArrayList<>();
    private List<String> flags = List.of();

    private Side(String name, Map<String, String> environment) {
      this.name = name;
      this.environment = environment;
    }
  }

  static Report run(LocalDate today) throws IOException, InterruptedException {
    String loadAtStart = Machine.load();
    StartBenchmark benchmark = new StartBenchmark();
    try (Program node = Program.tenfold("node", "--port", "0")) {
      String upstream = node.addresses().getFirst().toString();
      for (int start = 0; start < STARTS; start++) {
        start(benchmark.with, upstream);
        start(benchmark.without, upstream);
      }
    }
    return benchmark.report(today, loadAtStart);
  }

  private static void start(Side side, String upstream) throws IOException, InterruptedException {
    InetSocketAddress address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }
    String port = Integer.toString(address.getPort());
    String[] arguments = {"serve", "--upstream", upstream, "--port", port, "--ops-port", "0"};
    try (Program program = Program.tenfold(Program.root(), side.environment, arguments)) {
      while (!isReady(address)) {
        program.stayFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (program.nanosSinceStart() > LIMIT_NANOS) {
          throw new IllegalStateException("not ready within 60 s");
        }
      }
      side.wallMillis.add(program.nanosSinceStart() / NANOS_A_MILLI);
      side.cpuMillis.add(ProcessFigures.cpuNanos(program.pid()) / NANOS_A_MILLI);
      side.flags = ProcessFigures.jvmFlags(program.pid());
    }
  }

  private static boolean isReady(InetSocketAddress address) {
    try {
      return HttpCall.send(address, READY).isOk();
    } catch (IOException _) {
      return false; // nobody listens yet
    }
  }

  private Report report(LocalDate today, String loadAtStart) throws IOException {
    Spread wall = Spread.of(with.wallMillis);
    Report report = new Report("start", "From exec to ready", today);
    report.paragraph(
        String.format(
            Locale.ROOT,
            "`./tenfold serve --upstream` is ready **%.0f ms** after exec (median of %d; %.0f to"
                + " %.0f); without the AOT cache %.0f ms.",
            wall.median(),
            wall.n(),
            wall.min(),
            wall.max(),
            Spread.of(without.wallMillis).median()));
    report.spreads();
    for (Side side : List.of(with, without)) {
      report.spread("ms from exec to ready, " + side.name, Spread.of(side.wallMillis), 0);
    }
    for (Side side : List.of(with, without)) {
      report.spread("ms of CPU time until then, " + side.name, Spread.of(side.cpuMillis), 0);
    }
    report.heading("How it was taken");
    report.paragraph(
        """
        `bench/run start`: from the exec of `./tenfold serve --upstream URL` (built before, and the cache made; the shell script
        is in the time), with the cache and with `TENFOLD_AOT=off` in turn, to the first 200 of `GET /health/ready`, asked for every %d ms, in front of a simulated node that runs already.
        Files were in the page cache. CPU time is user and system of the process, in steps of 10 ms. Wall time depends on what
        else the machine does: see the load average. Hit ratio, errors and upstream calls: there are no calls.\
        """
            .formatted(POLL_MILLIS));
    return report.setting(with.flags, "the JVM's default", loadAtStart);
  }
}
