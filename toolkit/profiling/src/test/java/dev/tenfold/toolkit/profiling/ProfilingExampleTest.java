package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/toolkit/profiling.md and of the Javadoc. */
@Timeout(60)
class ProfilingExampleTest {
  private final Profiling profiling = Profiling.open();
  private final HttpServer server;

  ProfilingExampleTest() throws IOException {
    server = mount(profiling, 0);
  }

  @AfterEach
  void close() {
    server.stop(0);
    profiling.close();
  }

  private static HttpServer mount(Profiling profiling, int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    // @start region=mount
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    server.createContext(Profiling.PATH, new ProfilingHandler(profiling));
    server.start();
    // @end region=mount
    return server;
  }

  @Test
  void theServerOfTheJdkMountsItInThreeLines() throws Exception {
    HttpResponse<byte[]> response;
    try (HttpClient client = HttpClient.newHttpClient()) {
      response = client.send(get("goroutine"), HttpResponse.BodyHandlers.ofByteArray());
    }
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"goroutine.pb.gz\"");
    assertThat(PprofReader.read(response.body()).total("goroutine")).isPositive();
  }

  /** A response as most servers have it. */
  private interface Response {
    void setStatus(int status);

    void setHeader(String name, String value);

    void write(byte[] body);
  }

  @Test
  void anyOtherServerMountsItInAFewLines() {
    Map<String, String> headers = new TreeMap<>();
    List<Integer> status = new ArrayList<>();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    respond(
        Profiling.PATH + "goroutine",
        "debug=1",
        new Response() {
          @Override
          public void setStatus(int value) {
            status.add(value);
          }

          @Override
          public void setHeader(String name, String value) {
            headers.put(name, value);
          }

          @Override
          public void write(byte[] body) {
            sent.writeBytes(body);
          }
        });
    assertThat(status).containsExactly(200);
    assertThat(headers).containsEntry("Content-Type", "text/plain; charset=utf-8");
    assertThat(sent.toString(UTF_8)).startsWith("goroutine profile: total ");
  }

  private void respond(String path, String query, Response response) {
    // @start region=any
    ProfilingResponse profile = profiling.respond(path, query).join();
    response.setStatus(profile.status());
    profile.headers().forEach(response::setHeader);
    response.write(profile.body());
    // @end region=any
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "DELETE"})
  void otherMethodsThanGetAreRefused(String method) throws Exception {
    HttpResponse<String> response = ask(method, "heap");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void theServerIsFreeWhileAProfileIsTaken() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var long5 = client.sendAsync(get("profile?seconds=5"), HttpResponse.BodyHandlers.ofString());
      while (ask("GET", "profile?seconds=5").statusCode() != 429) {
        Thread.onSpinWait(); // it has not begun
      }
      assertThat(ask("GET", "").statusCode()).isEqualTo(200);
      assertThat(long5).isNotDone();
      profiling.close();
      assertThat(long5.get().statusCode()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mount", "any"})
  void theLinesOnThePageAreThoseThatRunHere(String region) throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/dev/tenfold/toolkit/profiling/ProfilingExampleTest.java"));
    String start = "//" + " @start region=" + region + "\n";
    int from = source.indexOf(start) + start.length();
    String example = source.substring(from, source.indexOf("//" + " @end region=" + region));
    assertThat(example.strip()).isNotEmpty();
    assertThat(Files.readString(Path.of("../../docs/toolkit/profiling.md")))
        .contains("```java\n" + example.stripIndent().stripTrailing() + "\n```\n");
  }

  private HttpResponse<String> ask(String method, String profile) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(profile))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpRequest get(String profile) {
    return HttpRequest.newBuilder(uri(profile)).build();
  }

  private URI uri(String profile) {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + Profiling.PATH + profile);
  }
}
