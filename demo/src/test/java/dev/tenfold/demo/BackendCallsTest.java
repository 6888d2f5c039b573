package dev.tenfold.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackendCallsTest {
  private final HttpServer server;
  private int status = 200;

  BackendCallsTest() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private URI says(Supplier<String> text) {
    server.createContext(
        "/",
        exchange -> {
          byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void itWaitsUntilAllThatWasAnsweredIsWritten() throws Exception {
    AtomicInteger written = new AtomicInteger();
    URI backend = says(() -> "3 " + written.incrementAndGet());

    try (BackendCalls calls = new BackendCalls()) {
      assertThat(calls.awaitWritten(backend)).isEqualTo(3);
    }
    assertThat(written).hasValue(3);
  }

  @Test
  void aVisitThatIsNeverWrittenIsLost() {
    URI backend = says(() -> "3 2");

    try (BackendCalls calls = new BackendCalls(Duration.ofMillis(200))) {
      assertThatThrownBy(() -> calls.awaitWritten(backend))
          .isInstanceOf(DemoException.class)
          .hasMessage("the backend lost visits: answered and written are 3 2");
    }
  }

  @Test
  void aQuestionThatIsNotAnsweredEndsTheDemo() {
    status = 500;
    URI backend = says(() -> "no");

    try (BackendCalls calls = new BackendCalls()) {
      assertThatThrownBy(() -> calls.answers(backend))
          .isInstanceOf(DemoException.class)
          .hasMessage("the backend said HTTP 500: no");
    }
  }

  @Test
  void aStepThatAnswersOtherwiseThanTheFirstIsNamed() {
    RightAnswers right = new RightAnswers();
    right.require("naive", List.of("1", "2"));
    right.require("+ object pool", List.of("1", "2"));

    assertThatThrownBy(() -> right.require("+ cache", List.of("1", "3")))
        .isInstanceOf(DemoException.class)
        .hasMessage("\"+ cache\" answers [1, 3] where the first one answered [1, 2]");
  }
}
