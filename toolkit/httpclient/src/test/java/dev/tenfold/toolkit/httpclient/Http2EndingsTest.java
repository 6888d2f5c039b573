package dev.tenfold.toolkit.httpclient;

import static dev.tenfold.toolkit.httpclient.RawHttp2Server.CANCEL;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.INTERNAL_ERROR;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.NO_ERROR;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.REFUSED_STREAM;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import dev.tenfold.toolkit.httpclient.RawHttp2Server.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream and a connection of HTTP/2 end, and what becomes of their calls. */
class Http2EndingsTest extends PoolTest {
  @BeforeEach
  void trust() {
    pool = trusting(options());
  }

  @Test
  void callsThatThePeerHasNotLookedAtWhenItGoesAreSentAgainWhateverTheyAre() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              int first = peer.request();
              int second = peer.request();
              if (peer.number == 1) {
                peer.goAway(first, NO_ERROR);
                answer.await();
              } else {
                peer.answer(second, "second");
              }
              peer.answer(first, peer.number + "/" + first);
              peer.awaitClose();
            })) {
      Future<HttpAnswer> first = pool.send(server.call().withRepeatable(false));
      until(() -> server.requests() == 1);
      Future<HttpAnswer> second = pool.send(server.call().withRepeatable(false));
      until(() -> server.requests() == 3);
      Future<HttpAnswer> third = pool.send(server.call());
      assertThat(text(await(second))).isEqualTo("2/3");
      assertThat(text(await(third))).isEqualTo("second");
      assertThat(first.isComplete()).isFalse();
      answer.countDown();
      assertThat(text(await(first))).isEqualTo("1/3");
      until(() -> server.open() == 1 && pool.stats().open() == 1);
      assertThat(pool.stats().failures().values()).containsOnly(0L);
    }
  }

  @Test
  void aConnectionWithoutACallIsClosedWhenThePeerGoes() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              int stream = peer.request();
              peer.answer(stream, "ok");
              go.await();
              peer.goAway(stream, NO_ERROR);
              peer.awaitClose();
            })) {
      answer(server.call());
      assertThat(pool.stats().idle()).isEqualTo(1);
      go.countDown();
      until(() -> pool.stats().open() == 0 && server.open() == 0);
      answer(server.call().withRepeatable(false));
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void aCallThatIsRefusedIsSentAgainWhateverItIs() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              for (int i = 0; i < 3; i++) {
                peer.reset(peer.request(), REFUSED_STREAM);
              }
              peer.answer(peer.request(), "ok");
              peer.awaitClose();
            })) {
      assertThat(text(answer(server.call().withRepeatable(false)))).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(4);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aCallThatIsRefusedAgainAndAgainFailsAndWasNotLookedAt() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              for (int stream = peer.request(); stream > 0; stream = peer.request()) {
                peer.reset(stream, REFUSED_STREAM);
              }
            })) {
      assertFailure(failure(server.call()), Kind.CLOSED, false);
      assertThat(server.requests()).isEqualTo(4);
      assertThat(pool.stats().streams()).isZero();
      assertThat(pool.stats().idle()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {INTERNAL_ERROR, CANCEL})
  void aStreamThatThePeerEndsFailsItsCallAndNoOther(int error) throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.answer(peer.request(), "ok");
              int other = peer.request();
              peer.reset(peer.request(), error);
              int half = peer.request();
              peer.head(half, 200, false);
              peer.data(half, new byte[10], false);
              peer.reset(half, REFUSED_STREAM); // Which is not true: it has answered.
              peer.request();
              peer.answer(other, "other");
              peer.awaitClose();
            })) {
      answer(server.call());
      Future<HttpAnswer> other = pool.send(server.call());
      assertFailure(failure(server.call()), Kind.CLOSED, true);
      assertFailure(failure(server.call()), Kind.CLOSED, true);
      assertThat(other.isComplete()).isFalse();
      PendingAnswer last = pool.start(server.call());
      assertThat(text(await(other))).isEqualTo("other");
      assertThat(server.accepted()).isEqualTo(1);
      last.cancel();
    }
  }

  @Test
  void aConnectionThatIsLostTakesItsCallsAlongUnlessTheyMayBeRepeated() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.answer(peer.request(), "ok");
              if (peer.number == 1) {
                peer.request();
                peer.request();
              } else {
                peer.awaitClose();
              }
            })) {
      answer(server.call());
      Future<HttpAnswer> once = pool.send(server.call().withRepeatable(false));
      Future<HttpAnswer> repeated = pool.send(server.call());
      assertFailure(failure(once), Kind.CLOSED, true);
      assertThat(text(await(repeated))).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(pool.stats().open()).isEqualTo(1);
    }
  }

  @Test
  void aNewConnectionThatIsLostBeforeTheAnswerIsAFailureAtOnce() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.request();
            })) {
      assertFailure(failure(server.call()), Kind.CLOSED, true);
      assertThat(server.requests()).isEqualTo(1);
      until(() -> pool.stats().open() == 0);
    }
  }

  /** Answers the first request when the second has been given up, which it tells. */
  private static RawHttp2Server holding(Promise<Frame> givenUp) throws Exception {
    return new RawHttp2Server(
        peer -> {
          peer.settings();
          int first = peer.request();
          peer.request();
          givenUp.complete(Objects.requireNonNull(peer.next()));
          peer.answer(first, "ok");
          peer.awaitClose();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallThatIsGivenUpEndsItsStreamAndNotTheConnection(boolean late) throws Exception {
    Promise<Frame> reset = Promise.promise();
    try (RawHttp2Server server = holding(reset)) {
      PendingAnswer first = pool.start(server.call());
      until(() -> server.requests() == 1);
      HttpCall call = late ? server.call().withTimeout(Duration.ofMillis(100)) : server.call();
      PendingAnswer second = pool.start(call);
      until(() -> server.requests() == 2);
      if (!late) {
        second.cancel();
      }
      assertFailure(failure(second.future()), late ? Kind.TIMEOUT : Kind.CANCELLED, true);
      Frame frame = await(reset.future());
      assertThat(frame.type()).isEqualTo(RST_STREAM);
      assertThat(frame.stream()).isEqualTo(5); // Netty begins with 3.
      assertThat(frame.number()).isEqualTo(CANCEL);
      assertThat(text(await(first.future()))).isEqualTo("ok");
      until(() -> pool.stats().streams() == 0);
      assertThat(pool.stats().open()).isEqualTo(1);
    }
  }

  @Test
  void closingThePoolEndsCallsAndConnection() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.awaitClose();
            })) {
      Future<HttpAnswer> call = pool.send(server.call());
      until(() -> pool.stats().streams() == 1);
      pool.close();
      assertThat(failure(call).kind()).isEqualTo(Kind.SHUT_DOWN);
      await(pool.shutdown());
      until(() -> server.open() == 0);
      assertThat(pool.stats().open()).isZero();
    }
  }

  @Test
  void anAnswerBeforeTheRequestIsWholeEndsTheRequest() throws Exception {
    Promise<Frame> reset = Promise.promise();
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              int stream = Objects.requireNonNull(peer.next()).stream();
              peer.head(stream, 413, true);
              for (Frame next = peer.next(); next != null; next = peer.next()) {
                if (next.type() == RST_STREAM) {
                  reset.complete(next);
                }
              }
            })) {
      HttpCall large = HttpCall.post(server.target(), Map.of(), new byte[1 << 20]);
      assertThat(answer(large).status()).isEqualTo(413);
      assertThat(await(reset.future()).number()).isEqualTo(CANCEL);
      until(() -> pool.stats().idle() == 1);
    }
  }
}
