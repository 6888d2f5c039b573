package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression, both ways. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeGzipTest {
  private static final EdgeLimits LIMITS =
      new EdgeLimits(
          1 << 20,
          10,
          8_192,
          32,
          Duration.ofSeconds(30).toNanos(),
          Duration.ofMinutes(2).toNanos(),
          100,
          Duration.ofSeconds(30).toNanos(),
          1 << 20);

  private final HttpClient client = HttpClient.newHttpClient();
  private EdgeFixture fixture;

  @BeforeAll
  void start() throws Exception {
    fixture = new EdgeFixture(LIMITS);
  }

  @AfterAll
  void stop() {
    client.close();
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {Gzip.SHORTEST, 5_000, Replies.LARGEST_ON_THE_LOOP + 1, 500_000})
  void aCallerThatAsksGetsTheSameBytesInFewer(int size) throws Exception {
    HttpResponse<byte[]> plain = call(json(size), "");
    HttpResponse<byte[]> packed = call(json(size), "gzip");

    assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
    assertThat(header(packed, "vary")).containsIgnoringCase("accept-encoding");
    assertThat(header(packed, "content-length")).isEqualTo("" + packed.body().length);
    assertThat(header(packed, "cache-status")).isEqualTo("Tenfold; hit");
    assertThat(packed.body()).hasSizeLessThan(size / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
  }

  @Test
  void aCallerThatDoesNotAskIsAnsweredAsItIs() throws Exception {
    HttpResponse<byte[]> plain = call(json(5_000), "");

    assertThat(header(plain, "content-encoding")).isEmpty();
    assertThat(header(plain, "vary")).doesNotContainIgnoringCase("accept-encoding");
    assertThat(new String(plain.body(), StandardCharsets.UTF_8)).contains(json(5_000));
  }

  @Test
  void whatFitsIntoOnePacketIsNotCompressed() throws Exception {
    HttpResponse<byte[]> small = call("[7]", "gzip");

    assertThat(header(small, "content-encoding")).isEmpty();
    assertThat(new String(small.body(), StandardCharsets.UTF_8)).contains("[7]");
  }

  @Test
  void whatWouldNotBecomeSmallerIsSentAsItIs() throws Exception {
    StringBuilder noise = new StringBuilder();
    new Random(7).ints(4_000, 0x20, 0xd7ff).forEach(c -> noise.append((char) c));
    String json = "[\"" + noise.toString().replaceAll("[\"\\\\]", "x") + "\"]";
    byte[] plain = call(json, "").body();

    HttpResponse<byte[]> packed = call(json, "gzip");

    byte[] said =
        header(packed, "content-encoding").isEmpty()
            ? packed.body()
            : new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
    assertThat(said).isEqualTo(plain);
    assertThat(packed.body()).hasSizeLessThanOrEqualTo(plain.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gzip                      | true
          GZIP                      | true
          x-gzip                    | true
          deflate, gzip;q=0.5, br   | true
          *                         | true
          gzip;q=0.001              | true
          identity;q=0.5, gzip      | true
          *;q=0, gzip               | true
          gzip;q=0                  | false
          gzip; q=0.0               | false
          gzip;q=0, *               | false
          identity, gzip;q=0.5      | false
          br, deflate               | false
          *;q=0                     | false
          gzip;q=x                  | false
          gzip;level=1              | false
          gzipped                   | false
          ''                        | false
          """)
  void weightsAreHonoured(String header, boolean taken) {
    assertThat(AcceptEncoding.takesGzip(header)).isEqualTo(taken);
  }

  @Test
  void aBodyMayBeCompressed() throws Exception {
    HttpResponse<byte[]> reply = post(gzip(request(json(3_000))), "content-encoding", "gzip");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains(json(3_000));
  }

  @Test
  void aBodyThatExpandsToMoreThanABodyMayHaveIsRefused() throws Exception {
    byte[] bomb = gzip(" ".repeat(100 << 20));
    assertThat(bomb).hasSizeLessThan(LIMITS.bodyBytes());

    assertThat(post(bomb, "content-encoding", "gzip").statusCode()).isEqualTo(413);
    byte[] exact = gzip(request("[1]") + " ".repeat(LIMITS.bodyBytes() - request("[1]").length()));
    assertThat(post(exact, "content-encoding", "gzip").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsNotWhatItSaysIsRefused() throws Exception {
    byte[] whole = gzip(request("[1]"));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 10);

    for (byte[] body : new byte[][] {cut, request("[1]").getBytes(StandardCharsets.UTF_8)}) {
      HttpResponse<byte[]> reply = post(body, "content-encoding", "gzip");
      assertThat(reply.statusCode()).isEqualTo(400);
      assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("-32700");
    }
    assertThat(post(whole).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "gzip,br", "zstd"})
  void otherEncodingsAreRefusedByName(String encoding) throws Exception {
    HttpResponse<byte[]> reply = post(gzip(request("[1]")), "content-encoding", encoding);

    assertThat(reply.statusCode()).isEqualTo(415);
    assertThat(header(reply, "accept-encoding")).isEqualTo("gzip");
    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("only gzip is known");
  }

  @Test
  void noEncodingMayBeSaidByName() throws Exception {
    byte[] body = request("[1]").getBytes(StandardCharsets.UTF_8);

    assertThat(post(body, "content-encoding", "identity").statusCode()).isEqualTo(200);
  }

  /** Parameters of about the given size, which the fixture gives back as the result. */
  private static String json(int size) {
    return "[\"" + "0123456789abcdef".repeat(size / 16 + 1) + "\"]";
  }

  private static String request(String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":" + params + "}";
  }

  private HttpResponse<byte[]> call(String params, String accepted) throws Exception {
    byte[] body = request(params).getBytes(StandardCharsets.UTF_8);
    return accepted.isEmpty() ? post(body) : post(body, "accept-encoding", accepted);
  }

  private HttpResponse<byte[]> post(byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.edge().port() + "/"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static byte[] gzip(String text) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static String header(HttpResponse<?> reply, String name) {
    return String.join(", ", reply.headers().allValues(name));
  }
}
