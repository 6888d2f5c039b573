package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of docs/toolkit/httpclient.md and of the Javadoc. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HttpClientExampleTest {
  private final Queue<String> shown = new ConcurrentLinkedQueue<>();

  private void show(HttpAnswer answer) {
    shown.add(answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
  }

  private void show(Throwable failure) {
    shown.add(String.valueOf(failure));
  }

  @Test
  void aCallThatWaitsAndOneThatDoesNot() throws Exception {
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    try (RawServer server =
        RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nshoe")) {
      String url = "http://" + server.origin().authority() + "/orders";
      // @start region=example
      ClientPoolOptions options =
          ClientPoolOptions.builder().timeout(Duration.ofSeconds(2)).maxOpenPerOrigin(64).build();
      ClientPool pool = ClientPool.create(options);
      Target orders = Target.parse(url);

      // On a virtual thread, or another that may wait:
      HttpAnswer order = pool.exchange(HttpCall.get(orders.withPath("/orders/7"), Map.of()));
      show(order);

      // From anywhere, without waiting; this order must not be placed twice:
      HttpCall place = HttpCall.post(orders, Map.of("Content-Type", "application/json"), json);
      pool.send(place.withRepeatable(false)).onSuccess(this::show).onFailure(this::show);

      // Takes no more calls, and waits until those under way have ended:
      pool.shutdown().toCompletionStage().toCompletableFuture().join();
      // @end
    }
    assertThat(shown).containsExactly("200 shoe", "200 shoe");
  }
}
