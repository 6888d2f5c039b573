package dev.tenfold.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 to the letter, byte by byte, through Tenfold to a real node. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class HttpOnTheWireTest {
  private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
  private static final String CONFIGURATION =
      """
      server:
        cors-origins: [ "http://app.example" ]
      limits:
        body: 64KiB
        headers: 8KiB
        arrival: 700ms
      """;
  private static final Setup setup = new Setup();
  private static int port;

  @BeforeAll
  static void start() {
    port = setup.tenfold(CONFIGURATION, setup.anvil().url()).port();
  }

  @AfterAll
  static void stop() {
    setup.close();
  }

  @Test
  void aConnectionIsKeptAlive() {
    try (Wire wire = Wire.to(port)) {
      for (int i = 0; i < 20; i++) {
        assertIsAnswered(wire.send(Wire.post(CALL)).read());
      }
    }
  }

  @Test
  void aReplyHasItsExactLengthAndTheTypeOfJson() {
    Wire.Response response = Wire.exchange(port, CALL);
    assertThat(response.header("content-length")).isEqualTo("" + response.bytes().length);
    assertThat(response.header("content-type")).startsWith("application/json");
    assertThat(response.header("cache-status")).isEqualTo("Tenfold; hit");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    // by turns one that goes to the node and one that is answered here
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String method = i % 2 == 0 ? "eth_gasPrice" : "eth_chainId";
      String body = "{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"" + method + "\"}";
      requests.append(new String(Wire.post(body), ISO_8859_1));
    }
    try (Wire wire = Wire.to(port).send(requests.toString())) {
      for (int i = 0; i < 40; i++) {
        assertThat(RawJson.member(wire.read().body(), "id")).isEqualTo("" + i);
      }
    }
  }

  @Test
  void aChunkedBodyIsRead() {
    try (Wire wire = Wire.to(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int at = 0; at < CALL.length(); at += 7) {
        String part = CALL.substring(at, Math.min(at + 7, CALL.length()));
        wire.send(Integer.toHexString(part.length()) + ";x=\"y\"\r\n" + part + "\r\n");
      }
      assertIsAnswered(wire.send("0\r\n\r\n").read());
      assertIsAnswered(wire.send(Wire.post(CALL)).read());
    }
  }

  @Test
  void aClientThatExpectsContinueIsToldToGoOn() {
    try (Wire wire = Wire.to(port)) {
      wire.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
              + CALL.length()
              + "\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(100);
      assertIsAnswered(wire.send(CALL).read());
    }
  }

  @Test
  void http10IsAnsweredAndTheConnectionClosed() {
    try (Wire wire = Wire.to(port)) {
      wire.send("POST / HTTP/1.0\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL);
      assertIsAnswered(wire.read());
      assertThat(wire.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aClientThatAsksForTheEndGetsIt() {
    try (Wire wire = Wire.to(port)) {
      assertIsAnswered(wire.send(Wire.post(CALL, "Connection: close")).read());
      assertThat(wire.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void theContentTypeIsNotAskedFor() {
    try (Wire wire = Wire.to(port)) {
      assertIsAnswered(wire.send(Wire.post(CALL, "Content-Type: text/plain")).read());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/no-such-chain", "/main/extra/more", "/health", "/favicon.ico"})
  void anUnknownPathIsNotFound(String path) {
    assertThat(ask("POST " + path, "Content-Length: 0").status()).isEqualTo(404);
  }

  @Test
  void theChainHasAPathOfItsOwn() {
    String head = "POST /main HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + CALL.length();
    try (Wire wire = Wire.to(port)) {
      assertIsAnswered(wire.send(head + "\r\n\r\n" + CALL).read());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void anotherMethodIsNotAllowedAndTheRightOnesAreNamed(String method) {
    Wire.Response response = ask(method + " /", "Content-Length: 0");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.header("allow")).contains("POST").contains("OPTIONS");
  }

  @Test
  void healthIsTold() {
    assertThat(ask("GET /health/live").status()).isEqualTo(200);
    assertThat(ask("GET /health/ready").status()).isEqualTo(200);
  }

  @Test
  void aPreflightOfAnAllowedOriginIsGranted() {
    Wire.Response response =
        ask(
            "OPTIONS /",
            "Origin: http://app.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: content-type");
    assertThat(response.status()).isIn(200, 204);
    assertThat(response.header("access-control-allow-origin")).isEqualTo("http://app.example");
    assertThat(response.header("access-control-allow-methods")).contains("POST");
    assertThat(response.header("access-control-allow-headers")).contains("*");
    assertThat(response.headers()).doesNotContainKey("access-control-allow-credentials");
    assertThat(response.header("vary")).containsIgnoringCase("origin");
  }

  @Test
  void aPreflightOfAnotherOriginIsNotGranted() {
    Wire.Response response =
        ask("OPTIONS /", "Origin: http://evil.example", "Access-Control-Request-Method: POST");
    assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: %1$d\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: %1$d",
        "Content-Length: %1$d\r\nContent-Length: 0",
        "Content-Length: 0\r\nContent-Length: %1$d",
        "Content-Length: %1$d, 0",
        "Content-Length: -1",
        "Content-Length: +%1$d",
        "Content-Length : %1$d",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked"
      })
  void whatCouldBeSmuggledIsRefusedAndTheConnectionClosed(String headers) {
    String head = "POST / HTTP/1.1\r\nHost: localhost\r\n" + headers.formatted(CALL.length());
    try (Wire wire = Wire.to(port)) {
      Wire.Response response = wire.send(head + "\r\n\r\n" + CALL).read();
      assertThat(response.status()).isIn(400, 501);
      assertThat(response.body()).doesNotContain("\"result\"");
      assertThat(wire.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aRequestSmuggledBehindARefusedOneIsNotAnswered() {
    String hidden = new String(Wire.post(CALL), ISO_8859_1);
    try (Wire wire = Wire.to(port)) {
      wire.send(
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n" + hidden);
      assertThat(wire.read().status()).isEqualTo(400);
      assertThat(wire.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    String large = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "x".repeat(70_000) + "\"}";
    Wire.Response response = Wire.exchange(port, large);
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.body()).contains("-32600");
  }

  @Test
  void aChunkedBodyOverTheLimitIsRefused() {
    try (Wire wire = Wire.to(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      wire.send("11170\r\n" + " ".repeat(0x11170) + "\r\n0\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(413);
    }
  }

  @Test
  void headersOverTheLimitAreRefused() {
    Wire.Response response = ask("GET /health/live", "X-Large: " + "x".repeat(20_000));
    assertThat(response.status()).isEqualTo(431);
  }

  @Test
  void headersThatDoNotArriveAreNotWaitedFor() {
    try (Wire wire = Wire.to(port).send("POST / HTTP/1.1\r\nHost: local")) {
      assertThat(wire.read().status()).isEqualTo(408);
      assertThat(wire.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aBodyThatDoesNotArriveIsNotWaitedFor() {
    try (Wire wire = Wire.to(port)) {
      wire.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"json");
      Wire.Response response = wire.read();
      assertThat(response.status()).isEqualTo(408);
      assertThat(response.body()).contains("-32600");
      assertThat(wire.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void bytesThatAreNotHttpAreRefused() {
    try (Wire wire = Wire.to(port).send("\u0016\u0003\u0001 hello\r\n\r\n")) {
      assertThat(wire.read().status()).isEqualTo(400);
    }
  }

  private static Wire.Response ask(String line, String... headers) {
    String head = line + " HTTP/1.1\r\nHost: localhost\r\n";
    try (Wire wire = Wire.to(port)) {
      String all = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      return wire.send(head + all + "\r\n").read();
    }
  }

  private static void assertIsAnswered(Wire.Response response) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(RawJson.member(response.body(), "result")).isEqualTo("\"0x7a69\"");
  }
}
