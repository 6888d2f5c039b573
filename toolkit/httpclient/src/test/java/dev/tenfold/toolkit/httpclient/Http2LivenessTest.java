package dev.tenfold.toolkit.httpclient;

import static dev.tenfold.toolkit.httpclient.RawHttp2Server.PING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import dev.tenfold.toolkit.httpclient.RawHttp2Server.Frame;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A connection of HTTP/2 whose peer is gone without a word is not given to more and more calls. */
class Http2LivenessTest extends PoolTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final AtomicLong ahead = new AtomicLong();

  private ClientPool watchful() {
    return trusting(
        options().connectTimeout(Duration.ofSeconds(1)), () -> System.nanoTime() + ahead.get());
  }

  /** The first connection answers one request and then nothing, pings included. */
  private static RawHttp2Server goingDeaf() throws Exception {
    return new RawHttp2Server(
        peer -> {
          peer.settings();
          peer.answer(peer.request(), "ok");
          if (peer.number == 1) {
            peer.awaitClose();
          }
          for (int stream = peer.request(); stream > 0; stream = peer.request()) {
            peer.answer(stream, "ok");
          }
        });
  }

  /** Ten seconds in which nothing comes. */
  private void silence() throws Exception {
    Promise<Void> hasRead = Promise.promise();
    pool.next().eventLoop().execute(hasRead::complete); // Whatever told of the answer is over then.
    await(hasRead.future());
    ahead.addAndGet(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void afterATimeoutInSilenceNoCallIsSentUntilThePeerHasAnsweredAPing() throws Exception {
    pool = watchful();
    try (RawHttp2Server server = goingDeaf()) {
      answer(server.call());
      assertFailure(failure(server.call().withTimeout(SHORT)), Kind.TIMEOUT, true);
      assertThat(text(answer(server.call()))).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(2);
      until(() -> pool.stats().open() == 1 && server.open() == 1);
    }
  }

  @Test
  void aPeerThatIsSlowAndAnswersThePingKeepsItsConnection() throws Exception {
    pool = watchful();
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.answer(peer.request(), "ok");
              peer.request();
              for (int stream = peer.request(); stream > 0; stream = peer.request()) {
                peer.answer(stream, "ok");
              }
            })) {
      answer(server.call());
      assertFailure(failure(server.call().withTimeout(SHORT)), Kind.TIMEOUT, true);
      until(() -> pool.stats().idle() == 1);
      assertThat(text(answer(server.call()))).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void whereOtherAnswersComeATimeoutIsNoReasonForDoubt() throws Exception {
    pool = watchful();
    AtomicInteger pings = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              peer.answer(peer.request(), "ok");
              peer.request();
              peer.answer(peer.request(), "ok");
              for (Frame frame = peer.read(); frame != null; frame = peer.read()) {
                pings.addAndGet(frame.type() == PING ? 1 : 0);
              }
              go.countDown();
            })) {
      answer(server.call());
      PendingAnswer late = pool.start(server.call().withTimeout(SHORT));
      assertThat(text(answer(server.call()))).isEqualTo("ok");
      assertFailure(failure(late.future()), Kind.TIMEOUT, true);
      until(() -> pool.stats().idle() == 1);
      pool.close();
      go.await();
      assertThat(pings).hasValue(0);
    }
  }

  @Test
  void aCallAfterALongSilenceAsksThePeerAndIsRepeatedElsewhereWhenItIsGone() throws Exception {
    pool = watchful();
    try (RawHttp2Server server = goingDeaf()) {
      answer(server.call());
      silence();
      assertThat(text(answer(server.call()))).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(2);
      until(() -> pool.stats().open() == 1);
    }
  }

  @Test
  void aCallThatMustNotBeRepeatedFailsWhenThePeerIsGone() throws Exception {
    pool = watchful();
    try (RawHttp2Server server = goingDeaf()) {
      answer(server.call());
      silence();
      assertFailure(failure(server.call().withRepeatable(false)), Kind.CLOSED, true);
    }
  }

  @Test
  void aPeerThatIsThereAnswersThePingAndTheCall() throws Exception {
    pool = watchful();
    try (RawHttp2Server server = RawHttp2Server.answering(10)) {
      for (int i = 0; i < 3; i++) {
        assertThat(text(answer(server.call()))).isEqualTo("ok");
        silence();
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }
}
