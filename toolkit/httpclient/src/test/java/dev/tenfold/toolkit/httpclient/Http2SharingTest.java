package dev.tenfold.toolkit.httpclient;

import static dev.tenfold.toolkit.httpclient.RawHttp2Server.HEADERS;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.MAX_CONCURRENT_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import dev.tenfold.toolkit.httpclient.RawHttp2Server.Frame;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls share how many connections of HTTP/2. */
class Http2SharingTest extends PoolTest {
  @BeforeEach
  void trust() {
    pool = trusting(options());
  }

  private static List<Future<HttpAnswer>> send(ClientPool pool, RawHttp2Server server, int calls) {
    List<Future<HttpAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(pool.send(server.call()));
    }
    return answers;
  }

  private static void assertOk(List<Future<HttpAnswer>> answers) throws Exception {
    for (Future<HttpAnswer> answer : answers) {
      assertThat(text(await(answer))).isEqualTo("ok");
    }
  }

  /** Answers nobody before there are so many, and the client has had time to send more. */
  private static RawHttp2Server patient(int settled, int calls, List<Frame> more) throws Exception {
    return new RawHttp2Server(
        peer -> {
          peer.settings(MAX_CONCURRENT_STREAMS, settled);
          List<Integer> streams = new ArrayList<>();
          for (int i = 0; i < calls; i++) {
            streams.add(peer.request());
          }
          more.addAll(peer.ping());
          for (int stream : streams) {
            peer.answer(stream, "ok");
          }
          for (int stream = peer.request(); stream > 0; stream = peer.request()) {
            peer.answer(stream, "ok");
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 1", "7, 100, 7", "100, 1, 1", "100, 5, 5"})
  void noMoreCallsAreOnAConnectionThanPeerAndPoolWant(int peers, int ours, int calls)
      throws Exception {
    pool = trusting(options().clients(2).maxStreams(ours).maxOpenPerOrigin(1));
    List<Frame> more = new CopyOnWriteArrayList<>();
    try (RawHttp2Server server = patient(peers, calls, more)) {
      assertOk(send(pool, server, 50));
      assertThat(more).noneMatch(frame -> frame.type() == HEADERS);
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(pool.stats().streams()).isZero();
    }
  }

  @Test
  void callsOnAConnectionAndThoseThatWaitAreCounted() throws Exception {
    pool = trusting(options().maxStreams(5).maxOpenPerOrigin(1));
    CountDownLatch go = new CountDownLatch(1);
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              List<Integer> streams = new ArrayList<>();
              for (int i = 0; i < 5; i++) {
                streams.add(peer.request());
              }
              go.await();
              for (int stream : streams) {
                peer.answer(stream, "ok");
              }
              for (int stream = peer.request(); stream > 0; stream = peer.request()) {
                peer.answer(stream, "ok");
              }
            })) {
      List<Future<HttpAnswer>> answers = send(pool, server, 12);
      until(() -> server.requests() == 5);
      PoolStats stats = pool.stats();
      assertThat(List.of(stats.open(), stats.http2(), stats.streams(), stats.waiting()))
          .containsExactly(1, 1, 5, 7);
      go.countDown();
      assertOk(answers);
      assertThat(server.requests()).isEqualTo(12);
    }
  }

  @Test
  void callsOneAfterTheOtherToAPeerThatTakesOneAtATimeUseOneConnection() throws Exception {
    try (RawHttp2Server server = RawHttp2Server.answering(1)) {
      for (int i = 0; i < 20; i++) {
        assertThat(text(answer(server.call()))).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aPeerThatChangesItsMindIsHeard() throws Exception {
    Semaphore go = new Semaphore(0);
    pool = trusting(options().maxOpenPerOrigin(1));
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings(MAX_CONCURRENT_STREAMS, 1);
              int first = peer.request();
              go.acquire();
              peer.settings(MAX_CONCURRENT_STREAMS, 3);
              int second = peer.request();
              int third = peer.request();
              go.acquire();
              peer.settings(MAX_CONCURRENT_STREAMS, 1);
              for (int stream : List.of(first, second, third)) {
                peer.answer(stream, "ok");
              }
              for (int stream = peer.request(); stream > 0; stream = peer.request()) {
                go.acquire();
                peer.answer(stream, "ok");
              }
            })) {
      List<Future<HttpAnswer>> answers = send(pool, server, 5);
      until(() -> server.requests() == 1);
      assertThat(pool.stats().streams()).isEqualTo(1);
      go.release();
      until(() -> server.requests() == 3);
      assertThat(pool.stats().streams()).isEqualTo(3);
      go.release();
      assertOk(answers.subList(0, 3));
      until(() -> server.requests() == 4);
      assertThat(pool.stats().streams()).isEqualTo(1);
      go.release(2);
      assertOk(answers);
    }
  }

  @Test
  void aPeerThatWantsNoMoreCallsHasItsConnectionClosedWithTheLastOfThem() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              int stream = peer.request();
              peer.settings(MAX_CONCURRENT_STREAMS, 0);
              peer.answer(stream, "ok");
              peer.awaitClose();
            })) {
      assertOk(send(pool, server, 1));
      until(() -> pool.stats().open() == 0 && server.open() == 0);
      assertOk(send(pool, server, 1));
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void anOriginOfHttp11IsNotHeldUpByItsFirstConnection() throws Exception {
    CountDownLatch allThere = new CountDownLatch(12);
    HttpServerOptions tls = new HttpServerOptions().setSsl(true).setKeyCertOptions(TlsKeys.pfx());
    List<HttpServerRequest> requests = new ArrayList<>();
    HttpServer server =
        await(
            vertx
                .createHttpServer(tls)
                .requestHandler(
                    request -> {
                      requests.add(request);
                      allThere.countDown();
                      if (requests.size() == 12) {
                        requests.forEach(each -> each.response().end("ok"));
                      }
                    })
                .listen(0, "127.0.0.1"));
    Target target = Target.parse("https://127.0.0.1:" + server.actualPort());
    List<Future<HttpAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(pool.send(HttpCall.get(target, Map.of())));
    }
    assertThat(allThere.await(20, TimeUnit.SECONDS)).isTrue();
    assertOk(answers);
    assertThat(pool.stats().created()).isEqualTo(12);
  }

  @Test
  void whenAnOriginIsDownAllThatWaitAreTold() throws Exception {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Target down = Target.parse("https://127.0.0.1:" + bound.getLocalPort());
      List<Future<HttpAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(pool.send(HttpCall.get(down, Map.of())));
      }
      for (Future<HttpAnswer> answer : answers) {
        assertFailure(failure(answer), Kind.CONNECT, false);
      }
      assertThat(pool.stats().open()).isZero();
    }
  }

  @Test
  void theCallBeyondTheBoundOnWaitingIsRefusedAtOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    pool = trusting(options().maxOpenPerOrigin(1).maxStreams(2).maxWaiting(3));
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              int first = peer.request();
              int second = peer.request();
              go.await();
              peer.answer(first, "ok");
              peer.answer(second, "ok");
              for (int stream = peer.request(); stream > 0; stream = peer.request()) {
                peer.answer(stream, "ok");
              }
            })) {
      List<Future<HttpAnswer>> accepted = send(pool, server, 5);
      assertFailure(failure(pool.send(server.call())), Kind.FULL, false);
      go.countDown();
      assertOk(accepted);
    }
  }

  @Test
  void anIdleConnectionIsClosedAfterTheIdleTimeOrWhenThereAreTooMany() throws Exception {
    pool = trusting(options().idleTime(Duration.ofMillis(50)));
    try (RawHttp2Server server = RawHttp2Server.answering(10)) {
      assertOk(send(pool, server, 1));
      until(() -> pool.stats().open() == 0 && server.open() == 0);
    }
    try (ClientPool none = trusting(options().maxIdlePerOrigin(0));
        RawHttp2Server server = RawHttp2Server.answering(10)) {
      assertOk(send(none, server, 1));
      until(() -> none.stats().open() == 0 && server.open() == 0);
    }
  }
}
