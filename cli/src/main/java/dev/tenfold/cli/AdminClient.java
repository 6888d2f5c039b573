package dev.tenfold.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Talks to the admin API of a running gateway. What it refuses ends as {@link Failed}. */
final class AdminClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FIRST_FAILURE = 400;

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI url;
  private final String token;

  AdminClient(URI url, String token) {
    this.url = url;
    this.token = token;
  }

  JsonNode get(String path) throws InterruptedException {
    return send("GET", path, BodyPublishers.noBody());
  }

  JsonNode delete(String path) throws InterruptedException {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  JsonNode send(String method, String path, ObjectNode body) throws InterruptedException {
    return send(method, path, BodyPublishers.ofString(body.toString()));
  }

  JsonNode send(String method, String path, BodyPublisher body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .method(method, body)
            .build();
    try {
      return read(http.send(request, BodyHandlers.ofString()));
    } catch (ConnectException e) {
      throw new Failed("no gateway answers at " + url + "; is ./tenfold serve running?");
    } catch (IOException e) {
      throw new Failed("the gateway at " + url + " did not answer: " + e.getMessage());
    }
  }

  private JsonNode read(HttpResponse<String> response) {
    JsonNode body;
    try {
      body = mapper.readTree(response.body());
    } catch (JsonProcessingException _) {
      throw new Failed(url + " answered what is not JSON (HTTP " + response.statusCode() + ")");
    }
    if (response.statusCode() >= FIRST_FAILURE) {
      String detail = body.path("detail").asText("HTTP " + response.statusCode());
      throw new Failed(
          response.statusCode() == 401
              ? "the gateway does not take this admin token: is it of its data folder?"
              : detail);
    }
    return body;
  }

  /** All items of a list that comes in pages. */
  List<JsonNode> all(String path) throws InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      String after = next.isEmpty() ? "" : "&after=" + encoded(next);
      JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + after);
      page.path("items").forEach(items::add);
      next = page.path("next").asText("");
      if (page.path("next").isNull()) {
        next = "";
      }
    } while (!next.isEmpty());
    return items;
  }

  ObjectNode object(Map<String, String> fields) {
    ObjectNode object = mapper.createObjectNode();
    fields.forEach(object::put);
    return object;
  }

  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
  }
}
