package dev.tenfold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many connections to a node batches take: counted by the node, which answers only when nobody
 * else comes.
 */
@Timeout(60)
class BatchConnectionsTest {
  private static final int BATCH = 100;
  private static final int SIDE_BY_SIDE = 32;
  private static final int CONNECTIONS = 48;
  private static final long QUIET_MILLIS = 50;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final AtomicInteger mostAtATime = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Runnable> held = new ArrayList<>(); // of the node's event loop
  private long quiet;
  private Gateway gateway;

  @BeforeEach
  void start() {
    HttpServer node =
        vertx
            .createHttpServer()
            .connectionHandler(
                connection -> {
                  mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                  connection.closeHandler(closed -> open.decrementAndGet());
                })
            .requestHandler(
                request -> request.body().onSuccess(body -> answer(request, body.toJsonObject())))
            .listen(0, "127.0.0.1")
            .await();
    gateway =
        Gateway.start(
            Config.of(
                """
                server: { port: 0 }
                ops: { port: 0 }
                client: { connections: %d }
                chains: { main: { upstreams: [ { url: "http://127.0.0.1:%d" } ] } }
                """
                    .formatted(CONNECTIONS, node.actualPort())));
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
    vertx.close().await();
  }

  private void answer(HttpServerRequest request, JsonObject call) {
    if (!call.getString("method").equals("eth_getBalance")) {
      end(request, call, "eth_blockNumber".equals(call.getString("method")) ? "0x64" : "0x1");
      return;
    }
    held.add(() -> end(request, call, "0x7"));
    mostAtATime.accumulateAndGet(held.size(), Math::max);
    asked.incrementAndGet();
    vertx.cancelTimer(quiet);
    quiet = vertx.setTimer(QUIET_MILLIS, nobodyElseCame -> release());
  }

  private void release() {
    List.copyOf(held).forEach(Runnable::run);
    held.clear();
  }

  private static void end(HttpServerRequest request, JsonObject call, String result) {
    request.response().end(call.put("result", result).encode());
  }

  @Test
  void aBatchOfTheLargestSizeTakesThirtyTwoConnectionsAtATime() throws Exception {
    assertWell(send(0));
    assertThat(asked).hasValue(BATCH);
    assertThat(mostAtATime.get()).isEqualTo(SIDE_BY_SIDE);
    assertThat(mostOpen.get()).isLessThanOrEqualTo(CONNECTIONS);
  }

  @Test
  void manyBatchesTogetherTakeNoMoreThanTheLimitOfTheNode() throws Exception {
    List<CompletableFuture<JsonArray>> batches = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      batches.add(send(i));
    }
    for (CompletableFuture<JsonArray> batch : batches) {
      assertWell(batch);
    }

    assertThat(asked).hasValue(10 * BATCH);
    assertThat(mostAtATime.get()).isEqualTo(CONNECTIONS);
    assertThat(mostOpen.get()).isLessThanOrEqualTo(CONNECTIONS);
  }

  private static void assertWell(CompletableFuture<JsonArray> batch) throws Exception {
    JsonArray replies = batch.get(30, TimeUnit.SECONDS);
    assertThat(replies.size()).isEqualTo(BATCH);
    for (int i = 0; i < BATCH; i++) {
      assertThat(replies.getJsonObject(i).getInteger("id")).isEqualTo(i);
      assertThat(replies.getJsonObject(i).getString("result")).isEqualTo("0x7");
    }
  }

  /** A batch of calls that nobody has asked before. */
  private CompletableFuture<JsonArray> send(int batch) {
    String calls =
        IntStream.range(0, BATCH)
            .mapToObj(
                i ->
                    ("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"eth_getBalance\","
                            + "\"params\":[\"0x%040x\",\"latest\"]}")
                        .formatted(i, batch * BATCH + i))
            .collect(Collectors.joining(",", "[", "]"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/"))
            .POST(HttpRequest.BodyPublishers.ofString(calls))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(reply -> new JsonArray(reply.body()));
  }
}
