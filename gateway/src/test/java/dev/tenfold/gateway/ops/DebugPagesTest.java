package dev.tenfold.gateway.ops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.profiling.Profiling;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("there is one profiler in a JVM, and each gateway samples the heap")
class DebugPagesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Profiling profiling = Profiling.open();
  private OpsServer server;

  @BeforeAll
  void start() {
    server = start("127.0.0.1");
    server.debug(profiling);
  }

  @AfterAll
  void stop() {
    vertx.close().await();
    profiling.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "goroutine",
        "heap",
        "allocs",
        "mutex",
        "block?seconds=1",
        "threadcreate",
        "profile?seconds=1",
        "wall?seconds=1"
      })
  void aProfileComesAsTheFileThatGoReads(String profile) throws Exception {
    String reply = ask("GET /debug/pprof/" + profile, "Host: localhost:6060\r\n");
    assertThat(reply)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: application/octet-stream")
        .contains("\r\n\r\n\u001f\u008b");
  }

  @Test
  void aTraceAndTextsComeAsWhatTheyAre() throws Exception {
    String local = "Host: localhost:6060\r\n";
    assertThat(ask("GET /debug/pprof/trace?seconds=1", local))
        .startsWith("HTTP/1.1 200")
        .contains("filename=\"trace.jfr\"")
        .contains("\r\n\r\nFLR");
    assertThat(ask("GET /debug/pprof/goroutine?debug=2", local))
        .containsIgnoringCase("content-type: text/plain")
        .contains("vert.x-eventloop-thread");
    assertThat(ask("GET /debug/pprof/cmdline", local))
        .startsWith("HTTP/1.1 200")
        .containsPattern("java\0")
        .doesNotContain("Host: localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:6060", "127.0.0.1:1", "127.8.8.8", "[::1]:6060"})
  void theIndexIsForWhoAsksOnThisMachine(String host) throws Exception {
    assertThat(ask("GET /debug/pprof/", "Host: " + host + "\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("go tool pprof");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1"})
  void aForeignHostIsRefused(String host) throws Exception {
    assertThat(ask("GET /debug/pprof/", "Host: " + host + "\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("the Host here is another");
  }

  @Test
  void aPageOfAnotherSiteIsRefused() throws Exception {
    String local = "Host: localhost\r\n";
    assertThat(ask("GET /debug/pprof/heap", local + "Sec-Fetch-Site: cross-site\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("not for other web sites");
    assertThat(ask("GET /debug/pprof/", local + "Sec-Fetch-Site: same-origin\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aPortThatOthersReachHasNone() throws Exception {
    OpsServer open = start("0.0.0.0");
    open.debug(profiling);
    assertThat(ask(open, "GET /debug/pprof/heap", "Host: localhost\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("not on loopback, and there is no ops.admin-token");
    assertThat(ask(open, "GET /stats", "Host: localhost\r\n")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aPortThatOthersReachAsksForTheAdminToken() throws Exception {
    OpsServer open = start("0.0.0.0", AdminToken.of("0123456789abcdef"));
    open.debug(profiling);
    String host = "Host: gateway.example\r\n";
    String password = Base64.getEncoder().encodeToString("any:0123456789abcdef".getBytes(UTF_8));
    assertThat(ask(open, "GET /debug/pprof/", host))
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase("www-authenticate: Basic");
    assertThat(ask(open, "GET /debug/pprof/", host + "Authorization: Bearer 0123456789abcdee\r\n"))
        .startsWith("HTTP/1.1 401");
    assertThat(ask(open, "GET /debug/pprof/", host + "Authorization: Bearer 0123456789abcdef\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(ask(open, "GET /debug/pprof/", host + "Authorization: Basic " + password + "\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void beforeTheyAreThereTheySaySo() throws Exception {
    assertThat(ask(start("127.0.0.1"), "GET /debug/pprof/", "Host: localhost\r\n"))
        .startsWith("HTTP/1.1 503");
  }

  @Test
  void theyAreReadOnly() throws Exception {
    assertThat(ask("POST /debug/pprof/symbol", "Host: localhost\r\nContent-Length: 0\r\n"))
        .startsWith("HTTP/1.1 405");
    assertThat(ask("HEAD /debug/pprof/profile", "Host: localhost\r\n")).startsWith("HTTP/1.1 405");
  }

  @Test
  void rulesAndNamesAreThoseOfTheProfiles() throws Exception {
    String local = "Host: localhost\r\n";
    assertThat(ask("GET /debug/pprof/profile?seconds=0", local))
        .startsWith("HTTP/1.1 400")
        .contains("from 1 to 300");
    assertThat(ask("GET /debug/pprof/nothing", local)).startsWith("HTTP/1.1 404");
    assertThat(ask("GET /debug/vars", local)).startsWith("HTTP/1.1 404");
    assertThat(ask("GET /debug/pprof", local)).startsWith("HTTP/1.1 301").contains("/debug/pprof/");
  }

  @Test
  void aClientThatLeavesEndsItsProfile() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, "GET /debug/pprof/profile?seconds=300", "Host: localhost\r\n");
      while (!ask("GET /debug/pprof/profile?seconds=1", "Host: localhost\r\n").contains(" 429 ")) {
        Thread.onSpinWait(); // the other one has not begun
      }
    }
    String reply;
    do {
      reply = ask("GET /debug/pprof/profile?seconds=1", "Host: localhost\r\n");
    } while (reply.startsWith("HTTP/1.1 429"));
    assertThat(reply).startsWith("HTTP/1.1 200");
  }

  private OpsServer start(String host) {
    return start(host, null);
  }

  private OpsServer start(String host, @Nullable AdminToken token) {
    Map<String, Page> pages = Map.of("/stats", Page.json(() -> "{}"));
    return OpsServer.start(vertx, host, 0, pages, Map.of(), new OpsGuard(host, token)).await();
  }

  private String ask(String request, String headers) throws IOException {
    return ask(server, request, headers);
  }

  private static String ask(OpsServer server, String request, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, request, headers + "Connection: close\r\n");
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void send(Socket socket, String request, String headers) throws IOException {
    socket
        .getOutputStream()
        .write((request + " HTTP/1.1\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
  }
}
