package dev.tenfold.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A node that does what a test says: each method has its answer. What a gateway asks of its own
 * accord (chain, version, head) is answered like by a small chain of which all is final.
 */
final class ScriptedNode implements Setup.Part {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Answers one call; may block, for it has a thread of its own. */
  @FunctionalInterface
  interface Script {
    Reply reply(JsonNode request) throws Exception;
  }

  /** What goes back, as it stands. */
  record Reply(int status, Map<String, String> headers, String body) {
    static Reply of(String body) {
      return new Reply(200, Map.of("Content-Type", "application/json"), body);
    }

    /** A right answer to this request. */
    static Reply result(JsonNode request, String result) {
      return of(envelope(request, "result", result));
    }

    static Reply error(JsonNode request, String error) {
      return of(envelope(request, "error", error));
    }

    private static String envelope(JsonNode request, String member, String value) {
      return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"%s\":%s}"
          .formatted(request.get("id"), member, value);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Script otherwise =
      r -> Reply.error(r, "{\"code\":-32601,\"message\":\"the method does not exist\"}");

  private ScriptedNode(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    long head = 0x100;
    on("eth_chainId", "\"0x7a69\"").on("net_version", "\"31337\"");
    on("web3_clientVersion", "\"scripted/1.0\"").on("eth_syncing", "false");
    on("eth_blockNumber", "\"0x" + Long.toHexString(head) + "\"");
    on("eth_getBlockByNumber", Blocks.block(head));
  }

  static ScriptedNode start() {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 512);
      ScriptedNode node = new ScriptedNode(server);
      server.start();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the method has this result. */
  ScriptedNode on(String method, String result) {
    return on(method, request -> Reply.result(request, result));
  }

  ScriptedNode on(String method, Script script) {
    scripts.put(method, script);
    return this;
  }

  /** From now on what has no script of its own has this one; a batch has no method. */
  ScriptedNode otherwise(Script script) {
    scripts.clear();
    otherwise = script;
    return this;
  }

  URI url() {
    return Ports.url(server.getAddress().getPort());
  }

  /** How often a method was asked. */
  long timesAsked(String method) {
    return asked.stream().filter(method::equals).count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String method = request.path("method").asText();
      asked.add(method);
      send(exchange, scripts.getOrDefault(method, otherwise).reply(request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the node is closed: the connection goes down with it
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Blocks as far as a gateway looks at them. */
  static final class Blocks {
    private Blocks() {}

    static String block(long number) {
      String zeros = "0x" + "0".repeat(64);
      return """
      {"number":"0x%x","hash":"0x%064x","parentHash":"0x%064x","timestamp":"0x713fb300",\
      "logsBloom":"0x%s","nonce":"0x0000000000000000","stateRoot":"%s","transactions":[],\
      "uncles":[],"gasLimit":"0x1c9c380","gasUsed":"0x0","baseFeePerGas":"0x3b9aca00"}\
      """
          .formatted(number, number + 1, number, "0".repeat(512), zeros);
    }
  }
}
