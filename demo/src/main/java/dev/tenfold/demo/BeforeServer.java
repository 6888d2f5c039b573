package dev.tenfold.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * The backend as people write it on a first day: the server of the JDK, a thread for each request,
 * JSON as trees, a new connection to the node for each call, and no cache. It is not slowed down on
 * purpose; threads and sockets are set so that it holds the load.
 */
public final class BeforeServer implements DemoServer {
  private static final System.Logger LOG = System.getLogger(BeforeServer.class.getName());
  private static final int INVALID_REQUEST = -32600;
  private static final int PARSE_ERROR = -32700;
  private static final int INTERNAL_ERROR = -32603;

  private final ObjectMapper mapper = new ObjectMapper();

  /** Arguments: the port, the node's URL, how many threads. */
  @Override
  public URI start(List<String> arguments) throws IOException {
    URI node = URI.create(arguments.get(1));
    HttpServer server = DemoServer.onLoopback(Integer.parseInt(arguments.get(0)));
    server.setExecutor(Executors.newFixedThreadPool(Integer.parseInt(arguments.get(2))));
    server.createContext("/", exchange -> handle(exchange, node));
    server.start();
    return DemoServer.url(server);
  }

  private void handle(HttpExchange exchange, URI node) throws IOException {
    try (exchange) {
      byte[] reply = mapper.writeValueAsBytes(answer(exchange.getRequestBody(), node));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  private JsonNode answer(InputStream body, URI node) throws IOException {
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
      return reply(id, call(node, request.path("method").asText(), request.path("params")));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the node does not answer", e);
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

  private JsonNode call(URI node, String method, JsonNode params) throws IOException {
    ObjectNode call = mapper.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
    call.put("method", method);
    call.set("params", params.isMissingNode() ? mapper.createArrayNode() : params);
    return OneCallConnection.post(node, mapper.writeValueAsBytes(call), mapper::readTree);
  }

  private ObjectNode error(JsonNode id, int code, String message) {
    ObjectNode reply = mapper.createObjectNode().put("jsonrpc", "2.0");
    reply.set("id", id.isMissingNode() ? mapper.nullNode() : id);
    reply.putObject("error").put("code", code).put("message", message);
    return reply;
  }
}
