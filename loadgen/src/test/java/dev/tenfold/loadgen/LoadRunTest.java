package dev.tenfold.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LoadRunTest {
  private static final Mix MIX = Mix.of("eth_chainId", "[]");
  private static final Arrivals CLOSED = new Arrivals.Closed();
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Nobody opens it. */
  private final CountDownLatch never = new CountDownLatch(1);

  private static LoadPlan closed(ScriptedServer server, int connections, int requests) {
    return LoadPlan.of(server.url(), MIX, CLOSED).over(connections).atMost(requests).lasting(LONG);
  }

  @Test
  void aClosedLoopSendsExactlyAsOftenAsItWasTold() throws Exception {
    try (ScriptedServer server = ScriptedServer.good()) {
      LoadResult result = LoadRun.run(closed(server, 4, 100));

      assertThat(result.good()).isEqualTo(100);
      assertThat(result.errors()).isEmpty();
      assertThat(result.latency().getTotalCount()).isEqualTo(100);
      assertThat(server.bodies()).hasSize(100);
      assertThat(result.reopened()).isZero();
    }
  }

  @Test
  void anOpenLoopSendsAtItsRateUntilTheTimeIsOver() throws Exception {
    try (ScriptedServer server = ScriptedServer.good()) {
      LoadPlan plan =
          LoadPlan.of(server.url(), MIX, new Arrivals.Open(200)).lasting(Duration.ofMillis(500));

      LoadResult result = LoadRun.run(plan);

      assertThat(result.sent() + result.unsent()).isEqualTo(100);
      assertThat(result.good()).isEqualTo(result.sent()).isGreaterThan(50);
      assertThat(result.elapsed()).isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
    }
  }

  @Test
  void anOpenLoopEndsWhenItsRequestsAreAnswered() throws Exception {
    try (ScriptedServer server = ScriptedServer.good()) {
      LoadResult result =
          LoadRun.run(
              LoadPlan.of(server.url(), MIX, new Arrivals.Open(1000)).atMost(20).lasting(LONG));

      assertThat(result.good()).isEqualTo(20);
      assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void theWarmUpIsSentAndNotCounted() throws Exception {
    try (ScriptedServer server = ScriptedServer.good()) {
      LoadPlan plan =
          LoadPlan.of(server.url(), MIX, new Arrivals.Open(500))
              .warmingUpFor(Duration.ofMillis(100))
              .atMost(10)
              .lasting(LONG);

      LoadResult result = LoadRun.run(plan);

      assertThat(result.sent()).isEqualTo(10);
      assertThat(result.good()).isEqualTo(10);
      assertThat(server.bodies()).hasSize(60);
    }
  }

  /**
   * One stall of a second: the closed loop sees one slow reply, the open loop all that were held up
   * by it.
   */
  @Test
  void aStallShowsInAllTheRequestsThatItHeldUp() throws Exception {
    ScriptedServer.Script stallsOnce =
        (body, count) -> {
          if (count == 10) {
            assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
          }
          return ScriptedServer.http(ScriptedServer.result(body));
        };
    try (ScriptedServer forOpen = new ScriptedServer(stallsOnce);
        ScriptedServer forClosed = new ScriptedServer(stallsOnce)) {
      LoadResult open =
          LoadRun.run(
              LoadPlan.of(forOpen.url(), MIX, new Arrivals.Open(100))
                  .over(1)
                  .atMost(200)
                  .lasting(LONG));
      LoadResult closed = LoadRun.run(closed(forClosed, 1, 200));

      assertThat(Latency.of(open.latency()).p99Nanos()).isGreaterThan(900_000_000L);
      assertThat(slow(open)).isGreaterThan(60);
      assertThat(slow(closed)).isLessThan(10);
      assertThat(open.good()).isEqualTo(200);
    }
  }

  private static long slow(LoadResult result) {
    return result.latency().getCountBetweenValues(300_000_000L, Long.MAX_VALUE);
  }

  @Test
  void whatFindsNoConnectionUntilTheEndIsCountedAsUnsent() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) -> {
              never.await();
              return "";
            })) {
      LoadResult result =
          LoadRun.run(
              LoadPlan.of(server.url(), MIX, new Arrivals.Open(100))
                  .over(2)
                  .timingOutAfter(Duration.ofSeconds(1))
                  .lasting(Duration.ofMillis(500)));

      assertThat(result.sent()).isEqualTo(2);
      assertThat(result.unsent()).isEqualTo(48);
      assertThat(result.errors()).containsOnly(Map.entry("timeout", 2L));
      assertThat(result.warnings()).anyMatch(warning -> warning.startsWith("48 requests never"));
      assertThat(Latency.of(result.latency()).maxNanos()).isGreaterThan(900_000_000L);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"jsonrpc":"2.0","id":ID,"error":{"data":{"code":7},"code":-32000,"message":"no"}} | JSON-RPC -32000
          {"jsonrpc":"2.0","error":{"code":-32700,"message":"no"},"id":null}                 | JSON-RPC -32700
          {"jsonrpc":"2.0","id":0,"result":"0x1"}                                            | wrong id
          {"jsonrpc":"2.0","result":"0x1","id":"ID"}                                         | wrong id
          {"jsonrpc":"2.0","result":"0x1"}                                                   | wrong id
          {"jsonrpc":"2.0","id":ID,"result":["0x1"                                           | malformed reply
          {"jsonrpc":"2.0","id":ID}                                                          | malformed reply
          {"jsonrpc":"2.0","id":ID,"error":"no"}                                             | malformed reply
          []                                                                                 | malformed reply
          <html>                                                                             | malformed reply
          """)
  void aBodyThatIsNotTheAnswerIsAnErrorOfItsKind(String body, String kind) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (asked, count) ->
                ScriptedServer.http(body.replace("ID", ScriptedServer.ids(asked).getFirst())))) {
      LoadResult result = LoadRun.run(closed(server, 1, 3));

      assertThat(result.errors()).containsOnlyKeys(kind).containsEntry(kind, 3L);
      assertThat(result.failed()).isEqualTo(3);
      assertThat(result.latency().getTotalCount()).isZero();
    }
  }

  @Test
  void aStatusOfHttpIsAnErrorOfItsKind() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((body, count) -> ScriptedServer.http("503 No", "", "busy"))) {
      assertThat(LoadRun.run(closed(server, 2, 6)).errors())
          .containsOnly(Map.entry("HTTP 503", 6L));
    }
  }

  @Test
  void whatIsNotHttpIsMalformed() throws Exception {
    try (ScriptedServer server = new ScriptedServer((body, count) -> "SSH-2.0-OpenSSH_9.2\r\n")) {
      assertThat(LoadRun.run(closed(server, 1, 2)).errors())
          .containsOnly(Map.entry("malformed reply", 2L));
    }
  }

  @Test
  void aConnectionThatEndsBeforeTheReplyIsAReset() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) -> count == 2 ? "" : ScriptedServer.http(ScriptedServer.result(body)))) {
      LoadResult result = LoadRun.run(closed(server, 1, 4));

      assertThat(result.errors()).containsOnly(Map.entry("reset", 1L));
      assertThat(result.good()).isEqualTo(3);
      assertThat(result.reopened()).isEqualTo(1);
    }
  }

  @Test
  void whereNobodyListensEachRequestIsAConnectError() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    LoadPlan plan =
        LoadPlan.of(URI.create("http://127.0.0.1:" + port), MIX, CLOSED).atMost(5).lasting(LONG);

    assertThat(LoadRun.run(plan).errors()).containsOnly(Map.entry("connect", 5L));
  }

  /** The backlog takes few of the connections, and nobody takes them from there. */
  @Test
  void aConnectionThatIsNotThereInTimeIsAConnectError() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort());

      LoadResult result =
          LoadRun.run(
              LoadPlan.of(url, MIX, CLOSED)
                  .over(8)
                  .atMost(8)
                  .timingOutAfter(Duration.ofMillis(300))
                  .lasting(LONG));

      assertThat(result.errors()).containsOnlyKeys("connect", "timeout");
      assertThat(result.failed()).isEqualTo(8);
    }
  }

  @Test
  void aConnectionThatTheServerClosesAfterAReplyIsOpenedAnew() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) ->
                ScriptedServer.http(
                    "200 OK", "Connection: close\r\n", ScriptedServer.result(body)))) {
      LoadResult result = LoadRun.run(closed(server, 1, 5));

      assertThat(result.good()).isEqualTo(5);
      assertThat(result.reopened()).isEqualTo(4);
    }
  }

  @Test
  void chunkedRepliesAreRead() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) -> {
              String reply = ScriptedServer.result(body);
              return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "A;x=y\r\n"
                  + reply.substring(0, 10)
                  + "\r\n"
                  + Integer.toHexString(reply.length() - 10)
                  + "\r\n"
                  + reply.substring(10)
                  + "\r\n0\r\nTrailer: 1\r\n\r\n";
            })) {
      assertThat(LoadRun.run(closed(server, 1, 5)).good()).isEqualTo(5);
    }
  }

  @Test
  void aReplyThatIsLargerThanAllBuffersIsRead() throws Exception {
    String large = "\"" + "x".repeat(3_000_000) + "\"";
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) ->
                ScriptedServer.http(ScriptedServer.result(body).replace("\"0x1\"", large)))) {
      LoadResult result = LoadRun.run(closed(server, 1, 2));

      assertThat(result.good()).isEqualTo(2);
      assertThat(result.receivedBytes()).isGreaterThan(6_000_000);
    }
  }

  @Test
  void aBatchIsGoodInAnyOrderAndWrongIfAnAnswerIsMissing() throws Exception {
    Mix batches = new Mix("batches", MIX.calls(), List.of(new Mix.Batch(3, 1)));
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) -> {
              List<String> ids = new ArrayList<>(ScriptedServer.ids(body)).reversed();
              String reply = ScriptedServer.result("[" + String.join(",", labelled(ids)) + "]");
              return ScriptedServer.http(
                  count < 3 ? reply : reply.replaceFirst(",\\{[^}]*}]$", "]"));
            })) {
      LoadResult result =
          LoadRun.run(LoadPlan.of(server.url(), batches, CLOSED).over(1).atMost(3).lasting(LONG));

      assertThat(result.good()).isEqualTo(2);
      assertThat(result.calls()).isEqualTo(9);
      assertThat(result.errors()).containsOnly(Map.entry("wrong id", 1L));
    }
  }

  private static List<String> labelled(List<String> ids) {
    return ids.stream().map(id -> "\"id\":" + id).toList();
  }

  @Test
  void latenciesAreSplitByTheCacheStatusOfTheReply() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) ->
                ScriptedServer.http(
                    "200 OK",
                    count % 4 == 0
                        ? "Cache-Status: Tenfold; fwd=miss; detail=\"hit=1\"\r\n"
                        : "cache-status: Tenfold; hit\r\n",
                    ScriptedServer.result(body)))) {
      LoadResult result = LoadRun.run(closed(server, 1, 20));

      assertThat(result.hits().getTotalCount()).isEqualTo(15);
      assertThat(result.misses().getTotalCount()).isEqualTo(5);
      assertThat(result.hitRatio()).isEqualTo(0.75);
    }
  }

  @Test
  void aServerThatIsNotOnLoopbackIsRefusedUnlessAllowed() {
    LoadPlan plan = LoadPlan.of(URI.create("http://192.0.2.1:8545"), MIX, CLOSED);

    assertThatThrownBy(() -> LoadRun.run(plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("192.0.2.1 is not on loopback");
  }

  /** The clock leaps once, as if the machine had been busy elsewhere. */
  @Test
  void aGeneratorThatWasLateItselfSaysByHowMuchAndHowOften() throws Exception {
    AtomicLong leaps = new AtomicLong();
    List<LoadProgress> progress = new ArrayList<>();
    try (ScriptedServer server =
        new ScriptedServer(
            (body, count) -> {
              if (count == 50) {
                leaps.set(250_000_000);
              }
              return ScriptedServer.http(ScriptedServer.result(body));
            })) {
      LoadResult result =
          LoadRun.run(
              LoadPlan.of(server.url(), MIX, new Arrivals.Open(100)).atMost(120).lasting(LONG),
              progress::add,
              () -> System.nanoTime() + leaps.get());

      assertThat(result.late()).isGreaterThanOrEqualTo(20);
      assertThat(result.lateness().getMaxValue()).isGreaterThan(200_000_000);
      assertThat(result.warnings())
          .anyMatch(warning -> warning.matches("the generator itself was late: [0-9]+ of 120 .*"));
      assertThat(progress).isNotEmpty();
    }
  }

  @Test
  void anInterruptEndsTheRun() throws Exception {
    try (ScriptedServer server = ScriptedServer.good()) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> LoadRun.run(closed(server, 2, 1_000_000)))
          .isInstanceOf(InterruptedException.class);
    }
  }
}
