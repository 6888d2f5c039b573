package dev.tenfold.toolkit.httpclient;

import static dev.tenfold.toolkit.httpclient.RawHttp2Server.DATA;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.END_HEADERS;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.END_STREAM;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.HEADERS;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.MAX_CONCURRENT_STREAMS;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.MAX_FRAME_BYTES;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.PUSH_PROMISE;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import dev.tenfold.toolkit.httpclient.RawHttp2Server.Peer;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not HTTP/2, or breaks off, is never an answer. */
class Http2BadPeerTest extends PoolTest {
  /** A block with one field, a: b. */
  private static final byte[] FIELD = {0, 1, 'a', 1, 'b'};

  @BeforeEach
  void trust() {
    pool = trusting(options().connectTimeout(Duration.ofMillis(500)));
  }

  interface Said {
    void say(Peer peer, int stream) throws IOException;
  }

  record Wrong(String name, Said said) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What is wrong with one answer. */
  static Stream<Wrong> answers() {
    return Stream.of(
        new Wrong(
            "no body of the length announced",
            (peer, stream) -> peer.head(stream, 200, true, "content-length", "5")),
        new Wrong(
            "an empty body of the length announced",
            (peer, stream) -> {
              peer.head(stream, 200, false, "content-length", "5");
              peer.data(stream, new byte[0], true);
            }),
        new Wrong(
            "shorter than announced",
            (peer, stream) -> {
              peer.head(stream, 200, false, "content-length", "5");
              peer.data(stream, new byte[4], true);
            }),
        new Wrong(
            "longer than announced",
            (peer, stream) -> {
              peer.head(stream, 200, false, "content-length", "5");
              peer.data(stream, new byte[6], true);
            }),
        new Wrong(
            "two lengths",
            (peer, stream) ->
                peer.head(stream, 200, true, "content-length", "5", "content-length", "6")),
        new Wrong("a body without a head", (peer, stream) -> peer.data(stream, new byte[5], false)),
        new Wrong("an end without a head", (peer, stream) -> peer.data(stream, new byte[0], true)),
        new Wrong(
            "no status",
            (peer, stream) -> peer.write(HEADERS, END_HEADERS | END_STREAM, stream, FIELD)),
        new Wrong("a status of four digits", (peer, stream) -> peer.head(stream, 2000, true)),
        new Wrong("an interim answer and no other", (peer, stream) -> peer.head(stream, 103, true)),
        new Wrong("switched protocols", (peer, stream) -> peer.head(stream, 101, true)),
        new Wrong(
            "a header of a connection",
            (peer, stream) -> peer.head(stream, 200, true, "connection", "close")),
        new Wrong(
            "a header in upper case",
            (peer, stream) -> peer.head(stream, 200, true, "X-Kind", "a")),
        new Wrong(
            "a coding that we did not ask for",
            (peer, stream) -> peer.head(stream, 200, true, "content-encoding", "br")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aWrongAnswerIsNoneAndTheOthersOnItsConnectionGoOn(Wrong wrong) throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              int other = peer.request();
              wrong.said().say(peer, peer.request());
              peer.ping();
              peer.answer(other, "other");
              peer.awaitClose();
            })) {
      Future<HttpAnswer> other = pool.send(server.call());
      until(() -> server.requests() == 1);
      assertFailure(failure(server.call()), Kind.BAD_ANSWER, true);
      assertThat(text(await(other))).isEqualTo("other");
      until(() -> pool.stats().idle() == 1 && pool.stats().streams() == 0);
    }
  }

  /** What is wrong with a connection. */
  static Stream<Wrong> frames() {
    return Stream.of(
        new Wrong("data of no stream", (peer, stream) -> peer.data(0, new byte[5], true)),
        new Wrong(
            "data of a stream that was never opened",
            (peer, stream) -> peer.data(99, new byte[5], true)),
        new Wrong(
            "settings of a stream", (peer, stream) -> peer.write(SETTINGS, 0, stream, new byte[0])),
        new Wrong("settings cut short", (peer, stream) -> peer.write(SETTINGS, 0, 0, new byte[5])),
        new Wrong(
            "a frame larger than allowed",
            (peer, stream) -> peer.write(DATA, 0, stream, new byte[MAX_FRAME_BYTES + 1])),
        new Wrong(
            "a push",
            (peer, stream) ->
                peer.write(
                    PUSH_PROMISE, END_HEADERS, stream, new byte[] {0, 0, 0, 2, (byte) 0x82})),
        new Wrong(
            "fields that cannot be decoded",
            (peer, stream) ->
                peer.write(HEADERS, END_HEADERS, stream, new byte[] {(byte) 0xff, 0, 0})));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void whatIsWrongWithAConnectionEndsItAndAllCallsOnIt(Wrong wrong) throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.request();
              wrong.said().say(peer, peer.request());
              peer.awaitClose();
            })) {
      Future<HttpAnswer> other = pool.send(server.call());
      until(() -> server.requests() == 1);
      assertFailure(failure(server.call()), Kind.BAD_ANSWER, true);
      assertFailure(failure(other), Kind.BAD_ANSWER, true);
      until(() -> pool.stats().open() == 0 && server.open() == 0);
      assertThat(pool.stats().streams()).isZero();
    }
  }

  @Test
  void callsThatWaitAreNotSentOnAConnectionThatIsBroken() throws Exception {
    pool = trusting(options().maxOpenPerOrigin(1).maxStreams(2));
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              if (peer.number == 1) {
                peer.request();
                peer.request();
                until(() -> pool.stats().waiting() == 20);
                peer.data(0, new byte[5], true);
                peer.awaitClose();
              }
              for (int stream = peer.request(); stream > 0; stream = peer.request()) {
                peer.answer(stream, "ok");
              }
            })) {
      List<Future<HttpAnswer>> calls = new ArrayList<>();
      for (int i = 0; i < 22; i++) {
        calls.add(pool.send(server.call().withRepeatable(false)));
      }
      for (Future<HttpAnswer> broken : calls.subList(0, 2)) {
        assertFailure(failure(broken), Kind.BAD_ANSWER, true);
      }
      for (Future<HttpAnswer> waiting : calls.subList(2, 22)) {
        assertThat(text(await(waiting))).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void headersLargerThan64KiBAreABadAnswer() throws Exception {
    String[] headers = new String[2 * 700];
    for (int i = 0; i < headers.length; i += 2) {
      headers[i] = "x-" + i;
      headers[i + 1] = "x".repeat(100);
    }
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.head(peer.request(), 200, true, headers);
              peer.awaitClose();
            })) {
      assertFailure(failure(server.call()), Kind.BAD_ANSWER, true);
      until(() -> pool.stats().streams() == 0);
    }
  }

  @Test
  void anAnnouncedBodyOverTheLimitIsTooLargeBeforeItComes() throws Exception {
    pool = trusting(options().maxAnswerBytes(10));
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.head(peer.request(), 200, false, "content-length", "11");
              peer.awaitClose();
            })) {
      assertFailure(failure(server.call()), Kind.TOO_LARGE, true);
      until(() -> pool.stats().idle() == 1);
    }
  }

  @Test
  void interimAnswersAndTrailersAreNotTheAnswer() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              int stream = peer.request();
              peer.head(stream, 100, false);
              peer.head(stream, 103, false, "link", "a");
              peer.head(stream, 200, false, "x-kind", "last");
              peer.data(stream, "ok".getBytes(StandardCharsets.US_ASCII), false);
              peer.write(HEADERS, END_HEADERS | END_STREAM, stream, FIELD);
              peer.awaitClose();
            })) {
      HttpAnswer answer = answer(server.call());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(text(answer)).isEqualTo("ok");
      assertThat(answer.header("x-kind")).isEqualTo("last");
      assertThat(answer.header("a")).isNull();
    }
  }

  /** How a connection that was agreed to be HTTP/2 begins, if it does. */
  static Stream<Wrong> beginnings() {
    return Stream.of(
        new Wrong("nothing", (peer, stream) -> peer.awaitClose()),
        new Wrong("closed", (peer, stream) -> {}),
        new Wrong(
            "http 1",
            (peer, stream) ->
                peer.write(
                    'P' << 16, 0, 0, "HTTP/1.1 400 \r\n\r\n".getBytes(StandardCharsets.US_ASCII))),
        new Wrong(
            "going away",
            (peer, stream) -> {
              peer.settings(MAX_CONCURRENT_STREAMS, 0);
              peer.goAway(0, 0);
              peer.awaitClose();
            }),
        new Wrong(
            "no streams",
            (peer, stream) -> {
              peer.settings(MAX_CONCURRENT_STREAMS, 0);
              peer.awaitClose();
            }));
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void aPeerThatDoesNotBeginAsItShouldIsNotConnected(Wrong wrong) throws Exception {
    try (RawHttp2Server server = new RawHttp2Server(peer -> wrong.said().say(peer, 0))) {
      HttpCall call = HttpCall.get(server.target(), Map.of());
      assertFailure(failure(call), Kind.CONNECT, false);
      until(() -> pool.stats().open() == 0 && server.open() == 0);
      assertThat(pool.stats().created()).isZero();
    }
  }
}
