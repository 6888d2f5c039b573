package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Deadlines, cancelling, and the kinds of failure that come of them. */
class CallTimeTest extends PoolTest {
  private static final Duration SHORT = Duration.ofMillis(150);

  private static RawServer silent() throws Exception {
    return new RawServer(
        peer -> {
          peer.readRequest();
          peer.awaitClose();
        });
  }

  @Test
  void aServerThatNeverAnswersIsATimeoutAndItsConnectionIsClosed() throws Exception {
    try (RawServer server = silent()) {
      long start = System.nanoTime();
      assertFailure(failure(post(server).withTimeout(SHORT)), Kind.TIMEOUT, true);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(SHORT, SHORT.multipliedBy(20));
      until(() -> pool.stats().open() == 0 && server.open() == 0);
    }
  }

  @Test
  void aCallWithoutATimeoutHasThatOfThePool() throws Exception {
    try (ClientPool quick = pool(options().timeout(SHORT));
        RawServer server = silent()) {
      assertFailure(failure(quick.send(post(server))), Kind.TIMEOUT, true);
    }
  }

  @Test
  void anAnswerThatStopsHalfWayIsATimeout() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
              peer.awaitClose();
            })) {
      assertFailure(failure(post(server).withTimeout(SHORT)), Kind.TIMEOUT, true);
      until(() -> pool.stats().open() == 0);
    }
  }

  @Test
  void aPeerThatDoesNotReadIsATimeoutAndItsConnectionIsClosed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer server = new RawServer(peer -> end.await())) {
      HttpCall large = HttpCall.post(server.target(), Map.of(), new byte[32 << 20]);
      assertFailure(failure(large.withTimeout(SHORT)), Kind.TIMEOUT, true);
      until(() -> pool.stats().open() == 0);
    } finally {
      end.countDown();
    }
  }

  @Test
  void theTimeoutCoversTheWaitForAConnection() throws Exception {
    try (ClientPool one = pool(options().maxOpenPerOrigin(1));
        RawServer server = silent()) {
      PendingAnswer first = one.start(post(server));
      until(() -> server.requests() == 1);
      assertFailure(failure(one.send(post(server).withTimeout(SHORT))), Kind.TIMEOUT, false);
      assertThat(one.stats().waiting()).isZero();
      assertThat(one.stats().waitingTime()).isGreaterThanOrEqualTo(SHORT);
      assertThat(first.future().isComplete()).isFalse();
    }
  }

  @Test
  void aRefusedConnectionIsToldAsSuch() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    Target target = Target.parse("http://127.0.0.1:" + port + "/secret");
    assertFailure(failure(HttpCall.post(target, Map.of(), new byte[0])), Kind.CONNECT, false);
    assertThat(pool.stats().open()).isZero();
  }

  @Test
  void anUnknownHostIsAFailureToConnect() throws Exception {
    Target target = Target.parse("http://no-such-host.invalid/secret");
    assertFailure(failure(HttpCall.post(target, Map.of(), new byte[0])), Kind.CONNECT, false);
  }

  @Test
  void aConnectionThatIsNotTakenFailsAfterTheConnectTimeout() throws Exception {
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ClientPool hasty = pool(options().connectTimeout(SHORT))) {
      fill(full, fillers);
      Target target = Target.parse("http://127.0.0.1:" + full.getLocalPort() + "/secret");
      HttpCall call = HttpCall.post(target, Map.of(), new byte[0]);
      assertFailure(failure(hasty.send(call)), Kind.CONNECT, false);
      assertThat(hasty.stats().open()).isZero();
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  /** Opens connections until the listener's queue takes no more. */
  private static void fill(ServerSocket listener, List<Socket> fillers) throws Exception {
    for (int i = 0; i < 16; i++) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()), 200);
      } catch (SocketTimeoutException e) {
        return; // Now it is full.
      }
    }
    throw new AssertionError("the queue of the listener never became full");
  }

  @Test
  void cancellingACallThatWaitsTakesItOutOfTheQueue() throws Exception {
    try (ClientPool one = pool(options().maxOpenPerOrigin(1));
        RawServer server = silent()) {
      PendingAnswer first = one.start(post(server));
      until(() -> server.requests() == 1);
      PendingAnswer second = one.start(post(server));
      assertThat(one.stats().waiting()).isEqualTo(1);
      second.cancel();
      assertFailure(failure(second.future()), Kind.CANCELLED, false);
      assertThat(one.stats().waiting()).isZero();
      assertThat(first.future().isComplete()).isFalse();
    }
  }

  @Test
  void cancellingACallInFlightClosesItsConnection() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.awaitClose();
              closed.countDown();
            })) {
      PendingAnswer pending = pool.start(post(server));
      until(() -> server.requests() == 1);
      pending.cancel();
      pending.cancel();
      assertFailure(failure(pending.future()), Kind.CANCELLED, true);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      until(() -> pool.stats().open() == 0);
      assertThat(pool.stats().failures()).containsEntry(Kind.CANCELLED, 1L);
    }
  }

  @Test
  void cancellingAnAnsweredCallDoesNothing() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      PendingAnswer pending = pool.start(post(server));
      await(pending.future());
      pending.cancel();
      assertThat(pending.future().succeeded()).isTrue();
      assertThat(pool.stats().idle()).isEqualTo(1);
    }
  }
}
