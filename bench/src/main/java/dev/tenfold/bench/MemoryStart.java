package dev.tenfold.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One start of a gateway whose memory is read on the way from idle to full. */
final class MemoryStart implements Closeable {
  private static final String LOGS =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getLogs\","
          + "\"params\":[{\"fromBlock\":\"0x0\",\"toBlock\":\"0x1000\"}]}";
  private static final int ENVELOPE_BYTES = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":}".length();
  private static final String BODY_START = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{";
  private static final int CONNECTIONS = 64;
  private static final int STEP = 5_000;
  private static final long LIMIT_SECONDS = 120;
  private static final double KIB_A_MIB = 1024;
  private static final double BYTES_A_MIB = 1 << 20;
  private static final long SAMPLE_MILLIS = 10;

  private final Servers servers = new Servers();
  private final Path log;
  private final Side.Server gateway;
  private final long servesNanos;
  private int asked;

  /**
   * What was read, in MiB.
   *
   * @param idle some time after the start
   * @param blocks with so many blocks kept
   * @param full the most that was seen while a large answer passed, the cache full
   * @param most since the start
   * @param heap in use on the heap in the end, after a collection
   * @param keptBytes what the cache itself says that it holds when full
   * @param stops by the collector, since the start
   */
  record Readings(
      double idle,
      double blocks,
      double full,
      double most,
      double heap,
      double keptBytes,
      SafepointLog.Stops stops) {}

  MemoryStart(String flags, URI node) throws IOException {
    log = Files.createTempFile("tenfold-bench", ".log");
    gateway = servers.unprobed(flags + " " + SafepointLog.flag(log), node);
    servesNanos = System.nanoTime();
  }

  List<String> flags() throws IOException {
    return ProcessFigures.jvmFlags(gateway.program().pid()).stream()
        .filter(flag -> !flag.startsWith("-Xlog"))
        .toList();
  }

  /** VmRSS, so long after it said that it serves. */
  double idle(long seconds) throws IOException, InterruptedException {
    long left = servesNanos + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime();
    gateway.program().stayFor(Math.max(0, left), TimeUnit.NANOSECONDS);
    return mebibytes("VmRSS");
  }

  Readings fill(double idle, int blocks, int mostBlocks) throws Exception {
    while (asked < blocks) {
      askForMore();
    }
    double withBlocks = mebibytes("VmRSS");
    while (metric("tenfold_cache_evictions_total") == 0) {
      if (asked >= mostBlocks) {
        throw new IllegalStateException("not full with " + asked + " blocks");
      }
      askForMore();
    }
    double keptBytes = metric("tenfold_cache_bytes");
    double first = whileLargeAnswerPasses();
    double full = Math.max(first, whileLargeAnswerPasses());
    double most = mebibytes("VmHWM");
    SafepointLog.Stops stops =
        SafepointLog.Stops.of(
            SafepointLog.read(log).stream().filter(SafepointLog.Stop::isCollection).toList());
    return new Readings(idle, withBlocks, full, most, heap(), keptBytes / BYTES_A_MIB, stops);
  }

  /** Blocks that were not asked for yet, each in a request of its own. */
  private void askForMore() throws IOException {
    ReplyCheck check = ReplyCheck.ok(BODY_START);
    Schedule schedule =
        () ->
            new Schedule.Planned(
                Schedule.direct(HttpCall.post(gateway.address(), Blocks.call(asked++))), check);
    LoadClient.Outcome outcome =
        LoadClient.run(gateway.address(), schedule, CONNECTIONS, STEP, LIMIT_SECONDS);
    if (outcome.errors() > 0) {
      throw new IllegalStateException(outcome.errors() + " blocks were not answered");
    }
  }

  private double whileLargeAnswerPasses() throws Exception {
    CompletableFuture<Long> bytes = CompletableFuture.supplyAsync(this::largeAnswer);
    double most = mebibytes("VmRSS");
    while (!bytes.isDone()) {
      gateway.program().stayFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
      most = Math.max(most, mebibytes("VmRSS"));
    }
    checkLength(bytes);
    return most;
  }

  private static void checkLength(CompletableFuture<Long> bytes)
      throws InterruptedException, ExecutionException {
    long expected = ENVELOPE_BYTES + LargeAnswerNode.resultBytes();
    if (bytes.get() != expected) {
      throw new IllegalStateException(
          "the large answer has " + bytes.get() + " bytes in place of " + expected);
    }
  }

  private long largeAnswer() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.address().getPort()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(LOGS))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      return body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private double heap() throws Exception {
    try (JvmProbe probe = JvmProbe.attach(gateway.program().pid())) {
      return probe.heapBytesAfterCollection() / BYTES_A_MIB;
    }
  }

  private double metric(String name) throws IOException {
    URI operators = gateway.operators();
    if (operators == null) {
      throw new IllegalStateException("a gateway without a port for operators");
    }
    return MetricsPage.read(operators).value(name);
  }

  private double mebibytes(String line) throws IOException {
    return ProcessFigures.kibibytes(gateway.program().pid(), line) / KIB_A_MIB;
  }

  @Override
  public void close() throws IOException {
    servers.close();
    Files.deleteIfExists(log);
  }
}
