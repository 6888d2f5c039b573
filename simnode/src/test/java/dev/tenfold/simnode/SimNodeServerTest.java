package dev.tenfold.simnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.simnode.Fault.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SimNodeServerTest {
  private static final String CALL = "{'jsonrpc':'2.0','id':1,'method':'eth_chainId'}";
  private static final String GOOD = "{'jsonrpc':'2.0','id':1,'result':'0x539'}";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final SimNode node = SimNodes.node();
  private SimNodeServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        SimNodeServer.start(vertx, node, "127.0.0.1", 0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    client.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aPostToAnyPathIsAnswered() throws Exception {
    HttpResponse<String> response = post("/any/path", CALL);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(quoted(response)).isEqualTo(GOOD);
  }

  @Test
  void otherMethodsAreNotAllowed() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/")).GET().build();

    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({"HTTP_500,500", "HTTP_502,502"})
  void aBrokenNodeAnswersWithAPage(Kind kind, int status) throws Exception {
    node.addFault(Fault.once(kind));

    HttpResponse<String> response = post("/", CALL);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("<html>");
    assertThat(quoted(post("/", CALL))).isEqualTo(GOOD);
  }

  @Test
  void aBusyNodeSaysWhenToComeBack() throws Exception {
    node.addFault(Fault.once(Kind.HTTP_429).withRetryAfter(Duration.ofSeconds(7)));

    HttpResponse<String> response = post("/", CALL);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).hasValue("7");
  }

  @ParameterizedTest
  @CsvSource({"DROP", "CUT_OFF"})
  void aConnectionMayClose(Kind kind) {
    node.addFault(Fault.always(kind));

    assertThatThrownBy(() -> post("/", CALL)).isInstanceOf(IOException.class);
    assertThat(node.calls().count("eth_chainId")).isPositive();
  }

  @Test
  void aSilentNodeNeverAnswers() {
    node.addFault(Fault.always(Kind.SILENCE));

    assertThatThrownBy(() -> post("/", CALL, Duration.ofMillis(300)))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "EMPTY          | \"\"",
        "TRUNCATED      | {'jsonrpc':'2.0','id",
        "INVALID_JSON   | {'jsonrpc':'2.0','id':1,'result':oops}",
        "DUPLICATED     | " + GOOD + GOOD,
        "WRONG_ID       | {'jsonrpc':'2.0','id':'not the id that was asked','result':'0x539'}",
        "NEITHER        | {'jsonrpc':'2.0','id':1}",
        "NULL_RESULT    | {'jsonrpc':'2.0','id':1,'result':null}",
        "INTERNAL_ERROR | {'jsonrpc':'2.0','id':1,'error':{'code':-32603,'message':'internal"
            + " error'}}",
        "RATE_LIMITED   | {'jsonrpc':'2.0','id':1,'error':{'code':-32005,'message':'rate limit"
            + " exceeded, slow down'}}"
      })
  void aGoodStatusMayComeWithABadBody(Kind kind, String body) throws Exception {
    node.addFault(Fault.once(kind));

    HttpResponse<String> response = post("/", CALL);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(quoted(response)).isEqualTo(body);
    assertThat(quoted(post("/", CALL))).isEqualTo(GOOD);
  }

  @Test
  void anAnswerIsLateByTheLatency() throws Exception {
    node.setLatency(Duration.ofMillis(200), Duration.ofMillis(10));
    long before = System.nanoTime();

    post("/", CALL);

    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(199_000_000L);
  }

  @Test
  void controlMethodsSteerTheNodeAndAreNotCounted() throws Exception {
    node.addFault(Fault.always(Kind.DROP));

    assertThat(quoted(control("sim_setFault", "[]"))).contains("'result':true");
    assertThat(quoted(control("sim_mine", "[3]"))).contains("'result':'0x7b'");
    assertThat(quoted(control("sim_rewind", "[2]"))).contains("'result':'0x79'");
    assertThat(quoted(control("sim_reorg", "[2]"))).contains(node.chain().headHash());
    assertThat(quoted(control("sim_reorg", "[1000]"))).contains("-32602");
    assertThat(quoted(control("sim_reset", "[]"))).contains(node.chain().headHash());
    assertThat(quoted(control("sim_setLatency", "[0,0]"))).contains("'result':true");
    assertThat(quoted(control("sim_setFault", "[{'kind':'no_such'}]"))).contains("-32602");
    control("sim_setFault", "[{'kind':'http_500','times':1,'method':'eth_chainId'}]");
    assertThat(post("/", CALL.replace("eth_chainId", "net_version")).statusCode()).isEqualTo(200);
    assertThat(post("/", CALL).statusCode()).isEqualTo(500);
    assertThat(quoted(control("sim_calls", "[]"))).contains("{'eth_chainId':1,'net_version':1}");
  }

  private HttpResponse<String> control(String method, String params) throws Exception {
    return post("/", "{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':" + params + "}");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, body, Duration.ofSeconds(30));
  }

  private HttpResponse<String> post(String path, String body, Duration timeout) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(timeout)
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static String quoted(HttpResponse<String> response) {
    return response.body().replace('"', '\'');
  }
}
