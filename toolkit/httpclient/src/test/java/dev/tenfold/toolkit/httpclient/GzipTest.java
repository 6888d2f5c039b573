package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come with gzip on, whole and streaming. */
class GzipTest extends PoolTest {
  private static final int MEGA = 1 << 20;

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      text[i] = (byte) "0123456789abcdef".charAt(random.nextInt(16));
    }
    return text;
  }

  private static RawServer saying(String coding, byte[] body) throws Exception {
    return new RawServer(
        peer -> {
          while (peer.readRequest()) {
            peer.write(
                "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
                    .formatted(coding, body.length));
            peer.socket.getOutputStream().write(body);
          }
        });
  }

  private static byte[] all(HttpAnswer answer) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(answer.body());
    AnswerStream rest = Objects.requireNonNull(answer.rest());
    for (byte[] piece = await(rest.next()); piece.length > 0; piece = await(rest.next())) {
      all.write(piece);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 70_000, 3_000_000})
  void gzipIsTakenOffAWholeAnswer(int length) throws Exception {
    byte[] plain = text(length);
    try (RawServer server = saying("gzip", gzip(plain))) {
      assertThat(answer(post(server)).body()).isEqualTo(plain);
      assertThat(answer(post(server)).body()).isEqualTo(plain);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void gzipIsTakenOffAStreamingAnswer() throws Exception {
    byte[] plain = text(5_000_000);
    try (RawServer server = saying("gzip", gzip(plain))) {
      for (int i = 0; i < 2; i++) {
        assertThat(all(answer(post(server).withWholeBytes(100_000)))).isEqualTo(plain);
      }
      until(() -> pool.stats().idle() == 1);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void weAskForGzipUnlessTheCallSaysWhatItAccepts() throws Exception {
    AtomicReference<String> head = new AtomicReference<>("");
    try (RawServer server =
        new RawServer(
            peer -> {
              while (peer.readRequest()) {
                head.set(peer.head());
                peer.write(OK);
              }
            })) {
      answer(post(server));
      assertThat(head.get()).containsIgnoringCase("accept-encoding: gzip\r\n");
      answer(
          HttpCall.post(
              server.target(), Map.of("Accept-Encoding", "identity"), new byte[] {'{', '}'}));
      assertThat(head.get())
          .containsIgnoringCase("accept-encoding: identity\r\n")
          .doesNotContain("gzip");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 100_000})
  void brokenGzipIsABadAnswer(long wholeBytes) throws Exception {
    byte[] packed = gzip(text(1_000_000));
    byte[] cut = Arrays.copyOf(packed, packed.length - 3);
    byte[] bent = packed.clone();
    bent[bent.length - 6] ^= 1; // the checksum
    byte[] garbled = packed.clone();
    Arrays.fill(garbled, packed.length / 2, packed.length / 2 + 100, (byte) 0x55);
    byte[] none = "<html>no gzip at all</html>".getBytes(StandardCharsets.US_ASCII);
    for (byte[] broken : new byte[][] {cut, bent, garbled, none}) {
      try (RawServer server = saying("gzip", broken)) {
        ClientException failure = failure(post(server).withWholeBytes(wholeBytes), wholeBytes);
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ANSWER);
        until(() -> pool.stats().open() == pool.stats().idle());
      }
    }
  }

  private ClientException failure(HttpCall call, long wholeBytes) throws Exception {
    if (wholeBytes == Long.MAX_VALUE) {
      return failure(call);
    }
    return failure(pool.send(call).compose(GzipTest::read));
  }

  private static Future<byte[]> read(HttpAnswer answer) {
    return Objects.requireNonNull(answer.rest())
        .next()
        .compose(piece -> piece.length > 0 ? read(answer) : Future.succeededFuture(piece));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip"})
  void aCodingThatWeDidNotAskForIsABadAnswer(String coding) throws Exception {
    try (RawServer server = saying(coding, new byte[] {1, 2, 3})) {
      assertFailure(failure(post(server)), Kind.BAD_ANSWER, true);
    }
  }

  @Test
  void whatABombHoldsIsCountedAndNeverHeld() throws Exception {
    byte[] bomb = gzip(new byte[256 * MEGA]);
    assertThat(bomb.length).isLessThan(MEGA);
    try (ClientPool small = pool(options().maxAnswerBytes(2 * MEGA));
        RawServer server = saying("gzip", bomb)) {
      assertFailure(failure(small.send(post(server))), Kind.TOO_LARGE, true);
      HttpAnswer begun = await(small.send(post(server).withWholeBytes(MEGA)));
      assertThat(begun.body().length).isLessThan(2 * MEGA);
      assertThat(failure(read(begun)).kind()).isEqualTo(Kind.TOO_LARGE);
      until(() -> small.stats().open() == 0);
    }
  }
}
