package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Calls to a server of Vert.x that speaks HTTP/2 and HTTP/1.1 over TLS. */
class Http2Test extends PoolTest {
  /** Gzip makes it no smaller. */
  private static final byte[] LARGE = new byte[1_000_000];

  static {
    new Random(1).nextBytes(LARGE);
  }

  private final AtomicInteger connections = new AtomicInteger();

  private HttpServer server(boolean http2) throws Exception {
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(TlsKeys.pfx())
            .setUseAlpn(http2)
            .setCompressionSupported(true)
            .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(100));
    return await(
        vertx
            .createHttpServer(options)
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(Http2Test::answer)
            .listen(0, "127.0.0.1"));
  }

  private static void answer(HttpServerRequest request) {
    switch (String.valueOf(request.path())) {
      case "/echo" -> request.body().onSuccess(body -> request.response().end(body));
      case "/large" -> request.response().setChunked(true).end(Buffer.buffer(LARGE));
      case "/head" -> request.response().putHeader("Content-Length", "5").end();
      case "/none" -> request.response().setStatusCode(204).end();
      case "/same" -> request.response().setStatusCode(304).putHeader("Content-Length", "5").end();
      case "/seen" ->
          request
              .response()
              .end(
                  String.join(
                      " ",
                      request.method().name(),
                      request.uri(),
                      request.version().name(),
                      String.valueOf(request.authority()),
                      request.getHeader("X-Kind"),
                      String.valueOf(request.getHeader("Authorization"))));
      default -> request.response().end("ok");
    }
  }

  private static Target target(HttpServer server, String path) {
    return Target.parse("https://127.0.0.1:" + server.actualPort() + path);
  }

  private static HttpCall get(HttpServer server, String path) {
    return HttpCall.get(target(server, path), Map.of());
  }

  @Test
  void callsAtOneTimeShareAConnection() throws Exception {
    pool = trusting(options().clients(2));
    HttpServer server = server(true);
    List<Future<HttpAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      answers.add(pool.send(get(server, "/")));
    }
    await(Future.all(answers));
    for (Future<HttpAnswer> answer : answers) {
      assertThat(text(answer.result())).isEqualTo("ok");
    }
    assertThat(connections).hasValue(1);
    PoolStats stats = pool.stats();
    assertThat(List.of(stats.open(), stats.idle(), stats.http2())).containsExactly(1, 1, 1);
    assertThat(List.of(stats.created(), stats.reused(), stats.calls()))
        .containsExactly(1L, 79L, 80L);
    assertThat(List.of(stats.active(), stats.streams())).containsExactly(0, 0);
  }

  @Test
  void moreCallsThanAConnectionTakesOpenAnother() throws Exception {
    pool = trusting(options().maxStreams(10));
    HttpServer server = server(true);
    List<Future<HttpAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      answers.add(pool.send(get(server, "/")));
    }
    await(Future.all(answers));
    assertThat(connections.get()).isBetween(1, 3);
    assertThat(pool.stats().created()).isEqualTo(connections.get());
  }

  @Test
  void theRequestIsSentAsTheCallHasIt() throws Exception {
    pool = trusting(options());
    HttpServer server = server(true);
    String authority = "127.0.0.1:" + server.actualPort();
    Target target = Target.parse("https://user:pass@" + authority);
    HttpCall call = HttpCall.get(target.withPath("/seen?a={\"b\"}|c"), Map.of("X-Kind", "test"));
    assertThat(text(answer(call)))
        .isEqualTo(
            "GET /seen?a={\"b\"}|c "
                + HttpVersion.HTTP_2.name()
                + " "
                + authority
                + " test Basic dXNlcjpwYXNz");
  }

  @Test
  void aBodyIsSentAndComesBackWhole() throws Exception {
    pool = trusting(options());
    HttpServer server = server(true);
    HttpCall call = HttpCall.post(target(server, "/echo"), Map.of(), LARGE);
    assertThat(answer(call).body()).isEqualTo(LARGE);
    assertThat(answer(get(server, "/large")).body()).isEqualTo(LARGE);
  }

  @Test
  void answersWithoutABodyAreWhole() throws Exception {
    pool = trusting(options());
    HttpServer server = server(true);
    HttpCall head =
        new HttpCall(
            "HEAD", target(server, "/head"), Map.of(), new byte[0], null, true, Long.MAX_VALUE);
    HttpAnswer answer = answer(head);
    assertThat(answer.header("content-length")).isEqualTo("5");
    assertThat(answer.body()).isEmpty();
    assertThat(answer(get(server, "/none")).status()).isEqualTo(204);
    assertThat(answer(get(server, "/same")).status()).isEqualTo(304);
    assertThat(connections).hasValue(1);
  }

  @Test
  void aLargeAnswerStreamsAndItsConnectionIsUsedMeanwhile() throws Exception {
    pool = trusting(options());
    HttpServer server = server(true);
    HttpAnswer begun = pool.exchange(get(server, "/large").withWholeBytes(50_000));
    AnswerStream rest = begun.rest();
    assertThat(rest).isNotNull();
    assertThat(pool.stats().streams()).isEqualTo(1);
    assertThat(text(answer(get(server, "/")))).isEqualTo("ok");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(begun.body());
    for (byte[] piece = rest.read(); piece.length > 0; piece = rest.read()) {
      all.write(piece);
    }
    assertThat(all.toByteArray()).isEqualTo(LARGE);
    until(() -> pool.stats().idle() == 1);
    assertThat(connections).hasValue(1);
  }

  @Test
  void anAnswerThatIsTooLargeEndsItsStreamAndNotTheConnection() throws Exception {
    pool = trusting(options().maxAnswerBytes(LARGE.length - 1));
    HttpServer server = server(true);
    assertFailure(failure(get(server, "/large")), Kind.TOO_LARGE, true);
    assertThat(text(answer(get(server, "/")))).isEqualTo("ok");
    assertThat(connections).hasValue(1);
  }

  @Test
  void anOriginThatDoesNotChooseItIsTalkedToByHttp11() throws Exception {
    pool = trusting(options());
    HttpServer server = server(false);
    List<Future<HttpAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(pool.send(get(server, "/")));
    }
    await(Future.all(answers));
    assertThat(connections.get()).isBetween(2, 10);
    assertThat(pool.stats().http2()).isZero();
    assertThat(pool.stats().streams()).isZero();
  }

  @Test
  void switchedOffItIsNotOffered() throws Exception {
    HttpServer server = server(true);
    for (ClientPoolOptions.Builder off :
        List.of(options().http2(false), options().keepAlive(false))) {
      try (ClientPool one = trusting(off)) {
        HttpCall call = HttpCall.get(target(server, "/seen"), Map.of("X-Kind", "test"));
        assertThat(text(await(one.send(call)))).contains(" HTTP_1_1 ");
      }
    }
  }

  @Test
  void shutdownLetsCallsEndAndClosesTheConnection() throws Exception {
    pool = trusting(options());
    HttpServer server = server(true);
    HttpAnswer begun = pool.exchange(get(server, "/large").withWholeBytes(50_000));
    Future<Void> down = pool.shutdown();
    AnswerStream rest = begun.rest();
    assertThat(rest).isNotNull();
    assertThat(down.isComplete()).isFalse();
    int left = LARGE.length - begun.body().length;
    for (byte[] piece = rest.read(); piece.length > 0; piece = rest.read()) {
      left -= piece.length;
    }
    assertThat(left).isZero();
    await(down);
    assertThat(pool.stats().open()).isZero();
  }

  @Test
  void virtualThreadsShareConnections() throws Exception {
    pool = trusting(options().clients(2).maxOpenPerOrigin(3));
    HttpServer server = server(true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<java.util.concurrent.Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        byte[] body = ("" + i).getBytes(StandardCharsets.UTF_8);
        HttpCall call = HttpCall.post(target(server, "/echo"), Map.of(), body);
        answers.add(threads.submit(() -> text(pool.exchange(call))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo("" + i);
      }
    }
    assertThat(connections.get()).isLessThanOrEqualTo(3);
  }
}
