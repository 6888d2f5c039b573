package dev.tenfold.gateway.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node over a real socket that does what a test tells it to. Without a script it answers as a
 * well node of chain 1 at block 100, of which 90 is final.
 */
public final class ScriptedNode {
  /** How a request is answered. */
  @FunctionalInterface
  public interface Script {
    void answer(Exchange exchange);
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<JsonObject> calls = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
  private volatile HttpServer server;
  private volatile Script always = Exchange::asWell;

  public volatile long chainId = 1;
  public volatile long head = 100;
  public volatile long finalized = 90;

  /** Which of all possible chains it has; the blocks of two have nothing in common. */
  public volatile int fork;

  public volatile boolean takesBatches = true;
  public volatile String clientVersion = "Geth/v1.16.0";

  private ScriptedNode(Vertx vertx) {
    this.vertx = vertx;
    this.server = listen(0);
  }

  public static ScriptedNode start(Vertx vertx) {
    return new ScriptedNode(vertx);
  }

  public int port() {
    return server.actualPort();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/v2/aVerySecretKey42");
  }

  /** Answers this method so from now on. */
  public ScriptedNode on(String method, Script script) {
    scripts.put(method, script);
    return this;
  }

  /** Answers every method so from now on. */
  public ScriptedNode always(Script script) {
    scripts.clear();
    always = script;
    return this;
  }

  /** Answers as a well node again. */
  public void recover() {
    always(Exchange::asWell);
  }

  /** Nothing listens on its port any more. */
  public void stop() {
    await(server.close());
  }

  /** Listens on its port again. */
  public void restart() {
    server = listen(port());
  }

  public List<JsonObject> calls(String method) {
    return calls.stream().filter(call -> method.equals(call.getString("method"))).toList();
  }

  public int count(String method) {
    return calls(method).size();
  }

  public List<Map<String, String>> headers() {
    return headers;
  }

  private HttpServer listen(int port) {
    return await(vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1"));
  }

  private void handle(HttpServerRequest request) {
    Map<String, String> seen = new ConcurrentHashMap<>();
    request
        .headers()
        .forEach(header -> seen.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    request
        .body()
        .onSuccess(
            body -> {
              headers.add(seen);
              if (body.getByte(0) == '[') {
                batch(request.response(), body.toJsonArray());
                return;
              }
              JsonObject call = body.toJsonObject();
              calls.add(call);
              scripts
                  .getOrDefault(call.getString("method"), always)
                  .answer(new Exchange(this, request.response(), call));
            });
  }

  /** Batches are not scripted: they ask for blocks. */
  private void batch(HttpServerResponse response, JsonArray questions) {
    JsonArray answers = new JsonArray();
    for (Object question : questions) {
      JsonObject call = (JsonObject) question;
      calls.add(call);
      answers.add(
          new JsonObject()
              .put("jsonrpc", "2.0")
              .put("id", call.getLong("id"))
              .put("result", block(call.getJsonArray("params").getString(0))));
    }
    String refusal =
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no\"}}";
    response.end(takesBatches ? answers.encode() : refusal);
  }

  private @Nullable JsonObject block(String name) {
    long number =
        switch (name) {
          case "latest" -> head;
          case "finalized", "safe" -> finalized;
          default -> Long.decode(name);
        };
    return number > head ? null : header(number);
  }

  /** A block of its chain. */
  public JsonObject header(long number) {
    return new JsonObject()
        .put("number", "0x" + Long.toHexString(number))
        .put("hash", hash(number))
        .put("parentHash", hash(number - 1))
        .put("timestamp", "0x" + Long.toHexString(12 * number))
        .put("transactions", new JsonArray())
        .put("uncles", new JsonArray());
  }

  private String hash(long number) {
    return "0x%032x%032x".formatted(fork, number + 1);
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One request.
   *
   * @param node that was asked
   * @param response to write to
   * @param call as it arrived
   */
  public record Exchange(ScriptedNode node, HttpServerResponse response, JsonObject call) {
    public void asWell() {
      switch (call.getString("method")) {
        case "eth_chainId" -> result(quantity(node.chainId));
        case "net_version" -> result("\"" + node.chainId + "\"");
        case "web3_clientVersion" -> result("\"" + node.clientVersion + "\"");
        case "eth_blockNumber" -> result(quantity(node.head));
        case "eth_getBlockByNumber" ->
            result(String.valueOf(node.block(call.getJsonArray("params").getString(0))));
        case "eth_getBlockByHash" -> result(String.valueOf(byHash()));
        default -> result("\"0x1\"");
      }
    }

    private @Nullable JsonObject byHash() {
      String hash = call.getJsonArray("params").getString(0);
      long number = Long.parseLong(hash.substring(hash.length() - 16), 16) - 1;
      return number <= node.head && hash.equals(node.hash(number)) ? node.header(number) : null;
    }

    public void result(String json) {
      send(200, "{\"jsonrpc\":\"2.0\",\"id\":" + id() + ",\"result\":" + json + "}");
    }

    public void error(String json) {
      send(200, "{\"jsonrpc\":\"2.0\",\"id\":" + id() + ",\"error\":" + json + "}");
    }

    public void send(int status, String body) {
      response.setStatusCode(status).end(body);
    }

    /** After a while. */
    public void later(Duration delay, Runnable action) {
      node.vertx.setTimer(delay.toMillis(), timer -> action.run());
    }

    /** Never. */
    public void silence() {}

    public long id() {
      return call.getLong("id");
    }

    private static String quantity(long number) {
      return "\"0x" + Long.toHexString(number) + "\"";
    }
  }
}
