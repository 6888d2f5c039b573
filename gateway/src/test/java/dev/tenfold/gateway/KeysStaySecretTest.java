package dev.tenfold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.ConfigFlags;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with keys: they open it, and no page or file of it shows them. */
@Timeout(60)
class KeysStaySecretTest {
  private static final String MARK = "s3cr3t";
  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";

  @TempDir Path folder;

  @Test
  void noPageAndNoFileHasTheTextOfAKey() throws Exception {
    Path log = folder.resolve("access.log");
    try (RawNode node = new RawNode(peer -> {});
        HttpClient client = HttpClient.newHttpClient()) {
      Gateway gateway = start(node, log);
      StringBuilder said = new StringBuilder();
      try (gateway) {
        for (String key : List.of("good-" + MARK, "bad-" + MARK, "tenfold_" + MARK)) {
          int expected = key.startsWith("good") ? 200 : 401;
          String url = "http://127.0.0.1:" + gateway.port() + "/main";
          assertThat(status(client, url + "/" + key, "X-Request-Id", "1")).isEqualTo(expected);
          assertThat(status(client, url, "X-Api-Key", key)).isEqualTo(expected);
          assertThat(status(client, url, "Authorization", "Bearer " + key)).isEqualTo(expected);
        }
        assertThat(status(client, "http://127.0.0.1:" + gateway.port(), "Accept", "*/*"))
            .isEqualTo(401);
        for (String page : List.of("/metrics", "/stats", "/misses", "/", "/v1/users")) {
          said.append(get(client, "http://127.0.0.1:" + gateway.opsPort() + page));
        }
      }
      assertThat(said.toString()).contains("tenfold_requests_total").doesNotContain(MARK);
      assertThat(Files.readString(log)).contains("KEY_UNKNOWN", "eth_chainId").doesNotContain(MARK);
    }
  }

  private static Gateway start(RawNode node, Path log) {
    return Gateway.start(
        Config.of(
            """
            server: { port: 0 }
            ops: { port: 0, access-log: "%s" }
            chains: { main: { upstreams: [ { url: "%s" } ] } }
            access: { require-key: true, keys: [ { name: good, key: "${KEY}" } ] }
            database: { url: "" }
            """
                .formatted(log, node.url()),
            Map.of("KEY", "good-" + MARK),
            ConfigFlags.NONE));
  }

  private static int status(HttpClient client, String url, String header, String value)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(CALL))
            .build();
    HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(reply.body() + reply.headers().map()).doesNotContain(MARK);
    return reply.statusCode();
  }

  private static String get(HttpClient client, String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
