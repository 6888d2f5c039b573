package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenfold.gateway.TestCertificate;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds over HTTP/1.1 in clear text holds over TLS and over HTTP/2. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeProtocolsTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";
  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[7]}";
  private static final String WAIT = "{\"jsonrpc\":\"2.0\",\"id\":\"slow\",\"method\":\"wait\"}";

  @TempDir static Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private TestCertificate certificate;
  private EdgeFixture clear;
  private EdgeFixture secure;

  enum Protocol {
    HTTP2_CLEAR,
    HTTP2_TLS,
    HTTP1_TLS
  }

  private record Reply(int status, HttpVersion version, Map<String, String> headers, String body) {}

  @BeforeAll
  void start() throws Exception {
    certificate = TestCertificate.make(folder, "EC");
    clear = new EdgeFixture();
    secure = new EdgeFixture(EdgeFixture.LIMITS, Optional.of(tls()));
  }

  @AfterAll
  void stop() {
    clear.close();
    secure.close();
    vertx.close().await();
  }

  private Tls tls() {
    return new Tls(certificate.certificate().toString(), certificate.key().toString());
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionServesManyCalls(Protocol protocol) {
    HttpClient client = client(protocol);
    for (int i = 0; i < 3; i++) {
      Reply reply = post(client, protocol, "/", CALL);
      assertThat(reply.version()).isEqualTo(version(protocol));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(ANSWER);
      assertThat(reply.headers())
          .containsEntry("cache-status", "Tenfold; hit")
          .containsEntry("content-type", "application/json")
          .containsEntry("content-length", Integer.toString(ANSWER.length()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void jsonRpcIsFollowedToTheLetter(Protocol protocol) {
    HttpClient client = client(protocol);
    String[][] said = {
      {"[" + CALL + "," + CALL + "]", "200", "[" + ANSWER + "," + ANSWER + "]"},
      {CALL.replace(":1,", ":1.50,"), "200", ANSWER.replace(":1,", ":1.50,")},
      {"[]", "200", "-32600"},
      {"{", "400", "-32700"},
      {"", "400", "-32700"},
      {"{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", "204", ""},
      {"[1]", "200", "-32600"},
    };
    for (String[] exchange : said) {
      Reply reply = post(client, protocol, "/", exchange[0]);
      assertThat(reply.status()).as(exchange[0]).isEqualTo(Integer.parseInt(exchange[1]));
      assertThat(reply.body()).as(exchange[0]).contains(exchange[2]);
      assertThat(reply.headers()).as(exchange[0]).containsKey("cache-status");
    }
  }

  @ParameterizedTest
  @EnumSource
  void pathsAndMethodsLeadWhereTheyDoOverHttp1(Protocol protocol) {
    HttpClient client = client(protocol);
    assertThat(post(client, protocol, "/main", CALL).body()).isEqualTo(ANSWER);
    assertThat(post(client, protocol, "/other", CALL).body()).contains("other");
    assertThat(post(client, protocol, "/nowhere", CALL).status()).isEqualTo(404);
    Reply put = send(client, protocol, HttpMethod.PUT, "/", "", Map.of());
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.headers()).containsEntry("allow", "POST, OPTIONS");
    Reply live = send(client, protocol, HttpMethod.GET, "/health/live", "", Map.of());
    assertThat(live.status()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("live\n");
    Reply head = send(client, protocol, HttpMethod.HEAD, "/health/live", "", Map.of());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(post(client, protocol, "/", CALL).body()).isEqualTo(ANSWER);
  }

  @ParameterizedTest
  @EnumSource
  void aLoopIsRefusedAndPagesOfOtherOriginsAreAnswered(Protocol protocol) {
    HttpClient client = client(protocol);
    Reply loop =
        send(client, protocol, HttpMethod.POST, "/", CALL, Map.of("via", "1.1 tenfold-test"));
    assertThat(loop.status()).isEqualTo(400);
    assertThat(loop.body()).contains("came through this gateway");
    Map<String, String> origin = Map.of("origin", "https://app.example");
    assertThat(send(client, protocol, HttpMethod.POST, "/", CALL, origin).headers())
        .containsEntry("access-control-allow-origin", "https://app.example");
    Reply preflight = send(client, protocol, HttpMethod.OPTIONS, "/main", "", origin);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers()).containsEntry("access-control-allow-methods", "POST");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsTooLargeIsRefusedAndTheClientGoesOn(Protocol protocol) {
    HttpClient client = client(protocol);
    Reply refused = post(client, protocol, "/", "x".repeat(66_000));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.body()).contains("body too large");
    String padded = CALL + " ".repeat(EdgeFixture.LIMITS.bodyBytes() - CALL.length());
    assertThat(post(client, protocol, "/", padded).body()).isEqualTo(ANSWER);
  }

  @ParameterizedTest
  @EnumSource
  void repliesLargerThanTheWindowOfAConnectionArriveWhole(Protocol protocol) {
    HttpClient client = client(protocol);
    String params = "[\"" + "x".repeat(60_000) + "\"]";
    for (int i = 0; i < 5; i++) {
      Reply reply = post(client, protocol, "/", CALL.replace("[7]", params));
      assertThat(reply.body()).isEqualTo(ANSWER.replace("[7]", params));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP2_CLEAR", "HTTP2_TLS"})
  void aSlowCallDoesNotHoldUpTheOthersOfItsConnection(Protocol protocol) throws Exception {
    EdgeFixture fixture = fixture(protocol);
    HttpClient client = client(protocol);
    CompletableFuture<Reply> slow = later(client, port(protocol), WAIT);
    Await.until(() -> !fixture.waiting.isEmpty());
    List<CompletableFuture<Reply>> quick = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      quick.add(later(client, port(protocol), CALL));
    }
    for (CompletableFuture<Reply> reply : quick) {
      assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEqualTo(ANSWER);
    }
    assertThat(slow).isNotDone();
    fixture.waiting.remove().answer("true");
    assertThat(slow.get(10, TimeUnit.SECONDS).body()).contains("\"slow\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP2_CLEAR", "HTTP2_TLS"})
  void aStreamThatTheClientResetsIsSeenToBeGone(Protocol protocol) {
    EdgeFixture fixture = fixture(protocol);
    HttpClientRequest request =
        client(protocol).request(HttpMethod.POST, port(protocol), "localhost", "/").await();
    request.send(WAIT);
    Await.until(() -> !fixture.waiting.isEmpty());
    EdgeFixture.Waiting call = fixture.waiting.remove();
    assertThat(call.request().caller().isGone()).isFalse();
    request.reset(8);
    Await.until(() -> call.request().caller().isGone());
    call.answer("1");
  }

  @ParameterizedTest
  @EnumSource
  void aStopAnswersWhatIsInFlight(Protocol protocol) throws Exception {
    boolean encrypted = protocol != Protocol.HTTP2_CLEAR;
    try (EdgeFixture own =
        new EdgeFixture(EdgeFixture.LIMITS, encrypted ? Optional.of(tls()) : Optional.empty())) {
      int port = own.edge().port();
      CompletableFuture<Reply> slow = later(client(protocol), port, WAIT);
      Await.until(() -> !own.waiting.isEmpty());
      Future<Void> stopped = own.edge().shutdown(10_000);
      own.waiting.remove().answer("\"still\"");
      assertThat(slow.get(10, TimeUnit.SECONDS).body()).contains("still");
      stopped.await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void theClientOfTheJdkSpeaksHttp2OverTls() throws Exception {
    try (java.net.http.HttpClient client =
        java.net.http.HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      URI uri = URI.create("https://localhost:" + secure.edge().port() + "/");
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(CALL)).build();
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(reply.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
      assertThat(reply.body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aClientThatAsksForAnUpgradeToHttp2IsServedOverHttp1() throws Exception {
    try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:" + clear.edge().port() + "/");
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(CALL)).build();
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(reply.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_1_1);
      assertThat(reply.body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void curlSpeaksHttp2WithPriorKnowledge() throws Exception {
    String url = "http://127.0.0.1:" + clear.edge().port() + "/";
    List<String> curl =
        List.of("curl", "-s", "--http2-prior-knowledge", "-w", " %{http_version}", "-d", CALL, url);
    assertThat(run(curl)).isEqualTo(ANSWER + " 2");
  }

  @Test
  void anOlderTlsIsRefused() throws Exception {
    String url = "https://localhost:" + secure.edge().port() + "/";
    String trusted = certificate.certificate().toString();
    assertThat(run(List.of("curl", "-s", "--cacert", trusted, "--tlsv1.2", "-d", CALL, url)))
        .isEqualTo(ANSWER);
    assertThat(
            run(
                List.of(
                    "curl",
                    "-s",
                    "--cacert",
                    trusted,
                    "--tlsv1.0",
                    "--tls-max",
                    "1.1",
                    "-d",
                    CALL,
                    "--ciphers",
                    "DEFAULT@SECLEVEL=0",
                    url)))
        .isEmpty();
  }

  private static String run(List<String> command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException missing) {
      assumeTrue(System.getenv("CI") != null, "curl is not installed");
      throw missing;
    }
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private EdgeFixture fixture(Protocol protocol) {
    return protocol == Protocol.HTTP2_CLEAR ? clear : secure;
  }

  private int port(Protocol protocol) {
    return fixture(protocol).edge().port();
  }

  private static HttpVersion version(Protocol protocol) {
    return protocol == Protocol.HTTP1_TLS ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_2;
  }

  private HttpClient client(Protocol protocol) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(version(protocol))
            .setHttp2ClearTextUpgrade(false);
    if (protocol != Protocol.HTTP2_CLEAR) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setTrustOptions(new PemTrustOptions().addCertPath(certificate.certificate().toString()));
    }
    return vertx.createHttpClient(options);
  }

  private Reply post(HttpClient client, Protocol protocol, String path, String body) {
    return send(client, protocol, HttpMethod.POST, path, body, Map.of());
  }

  private Reply send(
      HttpClient client,
      Protocol protocol,
      HttpMethod method,
      String path,
      String body,
      Map<String, String> headers) {
    return ask(client, port(protocol), method, path, body, headers)
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  /** A call that is answered by and by. */
  private CompletableFuture<Reply> later(HttpClient client, int port, String body) {
    return ask(client, port, HttpMethod.POST, "/", body, Map.of());
  }

  /**
   * On one event loop, as the client wants it: a body that came before it was asked for is lost.
   */
  private CompletableFuture<Reply> ask(
      HttpClient client,
      int port,
      HttpMethod method,
      String path,
      String body,
      Map<String, String> headers) {
    CompletableFuture<Reply> done = new CompletableFuture<>();
    loop.runOnContext(
        nothing ->
            client
                .request(method, port, "localhost", path)
                .compose(request -> send(request, body, headers))
                .compose(reply -> reply.body().map(whole -> reply(reply, whole)))
                .onComplete(done::complete, done::completeExceptionally));
    return done;
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest request, String body, Map<String, String> headers) {
    headers.forEach(request::putHeader);
    return body.isEmpty() && !request.getMethod().equals(HttpMethod.POST)
        ? request.send()
        : request.send(Buffer.buffer(body));
  }

  private static Reply reply(HttpClientResponse reply, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    reply
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return new Reply(reply.statusCode(), reply.version(), headers, body.toString());
  }
}
