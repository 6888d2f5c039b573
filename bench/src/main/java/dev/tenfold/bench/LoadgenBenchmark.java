package dev.tenfold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the load generator itself costs, against a loop that only writes, reads and compares. Both
 * ask a gateway for the same hit, in turn.
 */
final class LoadgenBenchmark {
  private static final String PARAMS = "[\"0x0\", false]";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x0\",false]}";
  private static final int CONNECTIONS = 64;
  private static final int BARE_REQUESTS = 100_000;
  private static final int RATE = 10_000;
  private static final int ROUNDS = 10;
  private static final int WARM_UP_ROUNDS = 5;
  private static final long LIMIT_SECONDS = 60;
  private static final double MICROS_A_SECOND = 1e6;
  private static final double PERCENT = 100;

  private final Side.Server gateway;
  private final HttpCall hit;
  private final Path mix;
  private final Path result;
  private final List<Double> closedMicros = new ArrayList<>();
  private final List<Double> openMicros = new ArrayList<>();
  private final List<Double> openShare = new ArrayList<>();
  private final List<Double> lateP99 = new ArrayList<>();
  private final List<Double> lateMost = new ArrayList<>();
  private final List<Double> bareMicros = new ArrayList<>();
  private long requests;
  private long errors;
  private long hits;

  private LoadgenBenchmark(Side.Server gateway, HttpCall hit, Path folder) {
    this.gateway = gateway;
    this.hit = hit;
    mix = folder.resolve("mix.yaml");
    result = folder.resolve("result.json");
  }

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    Path folder = Files.createTempDirectory("tenfold-bench");
    try (Servers servers = new Servers()) {
      Side.Server gateway = servers.gateway(servers.node("--blocks", "200"));
      HttpCall hit = Servers.hit(gateway, CALL);
      LoadgenBenchmark benchmark = new LoadgenBenchmark(gateway, hit, folder);
      Stats before = gateway.stats();
      benchmark.measure();
      Stats counted = gateway.stats().since(before);
      return benchmark
          .report(today, counted)
          .setting(
              ProcessFigures.jvmFlags(gateway.program().pid()), gateway.collectors(), loadAtStart);
    } finally {
      Files.deleteIfExists(folder.resolve("mix.yaml"));
      Files.deleteIfExists(folder.resolve("result.json"));
      Files.delete(folder);
    }
  }

  private void measure() throws IOException, InterruptedException {
    Files.writeString(mix, "calls: [{ method: eth_getBlockByNumber, params: " + PARAMS + " }]\n");
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      bare();
    }
    bareMicros.clear();
    for (int round = 0; round < ROUNDS; round++) {
      closed();
      open();
      bare();
    }
  }

  private void closed() throws IOException, InterruptedException {
    JsonNode closed = load("--closed");
    closedMicros.add(closed.path("generator").path("cpu_us_per_request").asDouble());
  }

  private void open() throws IOException, InterruptedException {
    JsonNode generator = load("--rate", Integer.toString(RATE)).path("generator");
    openMicros.add(generator.path("cpu_us_per_request").asDouble());
    openShare.add(PERCENT * generator.path("cpu_share").asDouble());
    lateP99.add(generator.path("lateness").path("p99_ms").asDouble());
    lateMost.add(generator.path("lateness").path("max_ms").asDouble());
  }

  private JsonNode load(String... loop) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of("load", "--url", "http://127.0.0.1:" + gateway.address().getPort()));
    words.addAll(List.of("--connections", Integer.toString(CONNECTIONS), "--mix", mix.toString()));
    words.addAll(List.of("--warm-up", "5s", "--duration", "5s", "--json", result.toString()));
    words.addAll(List.of(loop));
    try (Program load = Program.tenfold(words.toArray(String[]::new))) {
      load.end(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    JsonNode json = new ObjectMapper().readTree(result.toFile());
    requests += json.path("sent").asLong();
    errors += json.path("failed").asLong() + json.path("unsent").asLong();
    hits += json.path("latency").path("hits").path("count").asLong();
    return json;
  }

  private void bare() throws IOException {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    LoadClient.Outcome outcome =
        LoadClient.run(
            gateway.address(),
            Schedule.same(Schedule.Planned.of(hit)),
            CONNECTIONS,
            BARE_REQUESTS,
            LIMIT_SECONDS);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    errors += outcome.errors();
    bareMicros.add(cpu / 1e3 / outcome.replies());
  }

  private Report report(LocalDate today, Stats counted) throws IOException {
    Report report = new Report("loadgen", "What the load generator costs", today);
    Spread closed = Spread.of(closedMicros);
    report.paragraph(
        String.format(
            Locale.ROOT,
            "One core makes **%,.0f requests a second** (median of %d; half of them lie between"
                + " %,.0f and %,.0f): %.1f µs of CPU each.",
            MICROS_A_SECOND / closed.median(),
            closed.n(),
            MICROS_A_SECOND / closed.upperQuartile(),
            MICROS_A_SECOND / closed.lowerQuartile(),
            closed.median()));
    report.spreads();
    report.spread("CPU µs a request, closed loop", closed, 2);
    report.spread("CPU µs a request, bare loop", Spread.of(bareMicros), 2);
    report.spread("CPU µs a request, open loop", Spread.of(openMicros), 2);
    report.spread("% of a processor, open loop", Spread.of(openShare), 1);
    report.spread("ms late by its own fault, p99, open loop", Spread.of(lateP99), 2);
    report.spread("ms late by its own fault, most, open loop", Spread.of(lateMost), 2);
    report.heading("What was answered").table("in all rounds", "");
    report.row(List.of("requests of the generator", String.format(Locale.ROOT, "%,d", requests)));
    report.row(List.of("hit ratio", String.format(Locale.ROOT, "%.6f", (double) hits / requests)));
    report.row(List.of("errors, unsent", Long.toString(errors)));
    report.row(List.of("upstream calls", Long.toString(counted.upstreamCalls())));
    report.row(List.of("upstream polls of the head", Long.toString(counted.upstreamPolls())));
    return method(report);
  }

  private Report method(Report report) {
    report.heading("How it was taken");
    return report.paragraph(
        String.format(
            Locale.ROOT,
            """
            `bench/run loadgen`: a gateway answers `%s`
            from memory, %,d bytes a reply. In turn, %d times, over %d connections: `./tenfold load --closed`, `./tenfold load --rate %d` (both in
            processes of their own, 5 s after 5 s of warm-up), and %,d requests of a loop in this process that does no more than write the same bytes,
            read, and compare (%d rounds of it come before). CPU time is that of the one thread, as the JVM tells it; so it is the core that
            the requests a second are about, and neither compiler nor collector are in it. The server shares the machine.\
            """,
            CALL,
            hit.reply().length,
            ROUNDS,
            CONNECTIONS,
            RATE,
            BARE_REQUESTS,
            WARM_UP_ROUNDS));
  }
}
