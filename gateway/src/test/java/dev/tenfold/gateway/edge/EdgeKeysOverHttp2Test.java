package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.KeyBuilder;
import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.Limits;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each stream of a connection of HTTP/2 has a visitor of its own. */
@Timeout(60)
class EdgeKeysOverHttp2Test {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";
  private static final String WAIT = CALL.replace("\"m\"", "\"wait\"");

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final KeyedDoor door =
      new KeyedDoor()
          .requiresKeys()
          .knows("key-1234")
          .knowsNot("key-none")
          .keysMay(new Limits(1, 3, 0, 0, 0, 0));
  private EdgeFixture fixture;
  private HttpClient client;

  private record Reply(int status, Map<String, String> headers, String body) {}

  @BeforeEach
  void start() throws Exception {
    fixture = door.fixture();
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false),
            new PoolOptions().setHttp2MaxSize(1));
  }

  @AfterEach
  void stop() {
    client.close().await();
    fixture.close();
    vertx.close().await();
  }

  @Test
  void aKeyIsFoundWhereverItStands() throws Exception {
    assertThat(post("/main/key-1234", CALL, Map.of()).status()).isEqualTo(200);
    assertThat(post("/", CALL, Map.of("authorization", "bearer key-1234")).status()).isEqualTo(200);
    Reply third = post("/", CALL, Map.of("x-api-key", "key-1234"));
    assertThat(third.body()).contains("[7]");
    assertThat(third.headers()).containsEntry("ratelimit", "\"calls\";r=0;t=3");
    assertThat(door.usage.collect())
        .singleElement()
        .satisfies(used -> assertThat(used.sums().hits()).isEqualTo(3));
    Reply refused = post("/", CALL, Map.of("x-api-key", "key-1234"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers()).containsEntry("retry-after", "1");
  }

  @Test
  void whoIsRefusedDoesNotDisturbTheOtherStreams() throws Exception {
    CompletableFuture<Reply> slow = ask("/main/key-1234", WAIT, Map.of());
    Await.until(() -> !fixture.waiting.isEmpty());
    for (int i = 0; i < 3; i++) {
      Reply refused = post("/", CALL, Map.of("x-api-key", "key-none"));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers())
          .containsEntry("www-authenticate", "Bearer realm=\"tenfold\"")
          .doesNotContainKey("connection");
      assertThat(refused.body()).contains("\"id\":null", "-32016");
    }
    RpcReply late = EdgeFixture.result("\"still\"", CacheStatus.miss(MissReason.COLD));
    fixture.waiting.remove().end(late);
    assertThat(slow.get(10, TimeUnit.SECONDS).body()).contains("still");
  }

  @Test
  void aStreamThatWaitsForItsKeyDoesNotHoldUpTheOthers() throws Exception {
    CompletableFuture<Reply> waits = ask("/main/key-5678", CALL, Map.of());
    Await.until(() -> !door.lookups.isEmpty());
    assertThat(post("/main/key-1234", CALL, Map.of()).status()).isEqualTo(200);
    assertThat(waits).isNotDone();
    Promise<Lookup> lookup = door.lookups.remove();
    lookup.complete(new Found(KeyBuilder.key("a").record(), null));
    assertThat(waits.get(10, TimeUnit.SECONDS).body()).contains("[7]");
  }

  @Test
  void ofAStreamThatIsResetMeanwhileNothingIsCalled() throws Exception {
    HttpClientRequest request =
        client
            .request(HttpMethod.POST, fixture.edge().port(), "localhost", "/main/key-5678")
            .await();
    request.send(CALL + " ".repeat(Holding.FREE_BYTES + 1_000));
    Await.until(() -> !door.lookups.isEmpty() && fixture.inFlight.heldBytes() > 0);
    request.reset(8);
    Await.until(() -> fixture.inFlight.heldBytes() == 0);
    door.lookups.remove().complete(new Found(KeyBuilder.key("a").record(), null));

    assertThat(post("/main/key-1234", CALL, Map.of()).status()).isEqualTo(200);
    assertThat(door.used()).containsExactly("key-1234-id");
  }

  private Reply post(String path, String body, Map<String, String> headers) throws Exception {
    return ask(path, body, headers).get(10, TimeUnit.SECONDS);
  }

  /** On one event loop, as the client wants it. */
  private CompletableFuture<Reply> ask(String path, String body, Map<String, String> headers) {
    CompletableFuture<Reply> done = new CompletableFuture<>();
    loop.runOnContext(
        nothing ->
            client
                .request(HttpMethod.POST, fixture.edge().port(), "localhost", path)
                .compose(
                    request -> {
                      headers.forEach(request::putHeader);
                      return request.send(Buffer.buffer(body));
                    })
                .compose(
                    reply ->
                        reply
                            .body()
                            .map(
                                whole ->
                                    new Reply(
                                        reply.statusCode(),
                                        lowerCase(reply.headers().entries()),
                                        whole.toString())))
                .onComplete(done::complete, done::completeExceptionally));
    return done;
  }

  private static Map<String, String> lowerCase(List<Map.Entry<String, String>> entries) {
    Map<String, String> headers = new HashMap<>();
    entries.forEach(e -> headers.put(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
    return headers;
  }
}
