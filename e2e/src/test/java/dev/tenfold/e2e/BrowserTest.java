package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page in a real browser calls Tenfold by fetch. Needs Debian's package chromium. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class BrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final byte[] PAGE =
      "<!doctype html><title>a page</title>".getBytes(StandardCharsets.UTF_8);
  private final Setup setup = new Setup();

  @AfterEach
  void stop() {
    setup.close();
  }

  @Test
  void aPageOfAnAllowedOriginIsAnsweredAndAnotherIsNot() {
    if (System.getenv("CI") != null && !Files.exists(CHROMIUM)) {
      fail("CI is to have Debian's package chromium: " + CHROMIUM + " is not there");
    }
    assumeThat(CHROMIUM).as("skipped: it needs Debian's package chromium").exists();
    String allowed = page();
    String other = page();
    TenfoldProcess tenfold =
        setup.tenfold("server:\n  cors-origins: [ \"" + allowed + "\" ]\n", setup.scripted().url());
    List<String> told =
        NodeScript.run(
            "browser.mjs", CHROMIUM.toString(), tenfold.url().toString(), allowed, other);
    assertThat(told)
        .satisfiesExactly(
            answered -> assertThat(answered).contains(allowed).contains("\"result\":\"0x7a69\""),
            refused -> assertThat(refused).contains(other).contains("Failed to fetch"));
  }

  /** Serves a page of an origin of its own. */
  private String page() {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 16);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
          });
      server.start();
      setup.add(() -> server.stop(0));
      return "http://127.0.0.1:" + server.getAddress().getPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
