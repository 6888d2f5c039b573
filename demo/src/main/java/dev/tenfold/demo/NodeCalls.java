package dev.tenfold.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the simulated node how many calls it has seen. */
final class NodeCalls implements AutoCloseable {
  private static final String QUESTION =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sim_calls\",\"params\":[]}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final URI node;

  NodeCalls(URI node) {
    this.node = node;
  }

  /** All calls that were seen until now, whoever made them; this question is none. */
  long total() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(QUESTION))
            .build();
    try {
      long total = 0;
      JsonNode reply = mapper.readTree(client.send(request, BodyHandlers.ofString()).body());
      for (JsonNode count : reply.path("result")) {
        total += count.asLong();
      }
      return total;
    } catch (IOException e) {
      throw new DemoException("the node does not say what it was asked: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
