package dev.tenfold.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/**
 * The backend as people write it on a first day: the server of the JDK, a thread for each request,
 * JSON as trees, a new connection to the node for each call, and no cache. It is not slowed down on
 * purpose; threads and sockets are set so that it holds the load.
 */
public final class BeforeServer {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int BACKLOG = 1024;
  private static final int INVALID_REQUEST = -32600;
  private static final int PARSE_ERROR = -32700;
  private static final int INTERNAL_ERROR = -32603;

  private final ObjectMapper mapper = new ObjectMapper();
  private final URI node;

  private BeforeServer(URI node) {
    this.node = node;
  }

  /** Serves until it is ended; arguments: the port, the node's URL, how many threads. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    BeforeServer backend = new BeforeServer(URI.create(arguments[1]));
    HttpServer server;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    } catch (BindException e) {
      System.err.println("port " + port + " is in use");
      System.exit(1);
      throw e;
    }
    server.setExecutor(Executors.newFixedThreadPool(Integer.parseInt(arguments[2])));
    server.createContext("/", backend::handle);
    server.start();
    System.out.println("An ordinary backend at http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] reply = mapper.writeValueAsBytes(answer(exchange.getRequestBody()));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  private JsonNode answer(InputStream body) throws IOException {
    JsonNode request;
    try {
      request = mapper.readTree(body);
    } catch (JsonProcessingException e) {
      return error(mapper.nullNode(), PARSE_ERROR, "parse error");
    }
    JsonNode id = request.path("id");
    if (!request.path("method").isTextual()) {
      return error(id, INVALID_REQUEST, "invalid request");
    }
    try {
      return reply(id, call(request.path("method").asText(), request.path("params")));
    } catch (IOException e) {
      System.err.println("the node does not answer: " + e);
      return error(id, INTERNAL_ERROR, "the node does not answer");
    }
  }

  private ObjectNode reply(JsonNode id, JsonNode answer) {
    ObjectNode reply = mapper.createObjectNode().put("jsonrpc", "2.0");
    reply.set("id", id);
    String member = answer.has("error") ? "error" : "result";
    reply.set(member, answer.path(member));
    return reply;
  }

  private JsonNode call(String method, JsonNode params) throws IOException {
    ObjectNode call = mapper.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
    call.put("method", method);
    call.set("params", params.isMissingNode() ? mapper.createArrayNode() : params);
    HttpURLConnection connection = (HttpURLConnection) node.toURL().openConnection();
    try {
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        mapper.writeValue(out, call);
      }
      try (InputStream in = connection.getInputStream()) {
        return mapper.readTree(in);
      }
    } finally {
      connection.disconnect();
    }
  }

  private ObjectNode error(JsonNode id, int code, String message) {
    ObjectNode reply = mapper.createObjectNode().put("jsonrpc", "2.0");
    reply.set("id", id.isMissingNode() ? mapper.nullNode() : id);
    reply.putObject("error").put("code", code).put("message", message);
    return reply;
  }
}
