package dev.tenfold.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpsServerTest {
  private final Vertx vertx = Vertx.vertx();
  private OpsServer server;

  @BeforeAll
  void start() {
    Map<String, Page> pages =
        Map.of("/stats", Page.json(() -> "{}"), "/broken", Page.text(OpsServerTest::planted));
    server =
        OpsServer.start(vertx, "127.0.0.1", 0, pages, Map.of(), new OpsGuard("127.0.0.1", null))
            .await();
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  @Test
  void aPageIsMadeWhenItIsAskedFor() throws Exception {
    HttpResponse<String> page = ask("GET", "/stats");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("{}");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void theRootListsThePages() throws Exception {
    assertThat(ask("GET", "/").body()).contains("/stats");
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(ask("GET", "/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void onlyReadingIsAllowed() throws Exception {
    HttpResponse<String> refused = ask("POST", "/stats");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void aPageThatCannotBeMadeIsAnErrorAndNotAHang() throws Exception {
    assertThat(ask("GET", "/broken").statusCode()).isEqualTo(500);
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String planted() {
    throw new IllegalStateException("planted");
  }
}
