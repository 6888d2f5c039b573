package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What may be open, idle and waiting, over all clients. */
class LimitsTest extends PoolTest {
  private List<Future<HttpAnswer>> send(ClientPool pool, RawServer server, int calls) {
    List<Future<HttpAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(pool.send(post(server)));
    }
    return answers;
  }

  /** A node that takes 100 ms for each request. */
  private static RawServer slow() throws Exception {
    return new RawServer(
        peer -> {
          while (peer.readRequest()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            peer.write(OK);
          }
        });
  }

  @Test
  void twoHundredCallsAtOnceAreInFlightAtTheSameTime() throws Exception {
    CountDownLatch allThere = new CountDownLatch(200);
    try (ClientPool two = pool(options().clients(2));
        RawServer server =
            new RawServer(
                peer -> {
                  while (peer.readRequest()) {
                    allThere.countDown();
                    allThere.await();
                    peer.write(OK);
                  }
                })) {
      // The server answers nobody before it has heard all 200.
      await(Future.all(send(two, server, 200)));
      assertThat(server.mostOpen()).isEqualTo(200);
    }
  }

  @Test
  void twoHundredCallsAtOnceToANodeOf100MillisTakeLittleMoreThanThat() throws Exception {
    try (ClientPool two = pool(options().clients(2));
        RawServer server = slow()) {
      await(Future.all(send(two, server, 200))); // Warms up both sides.
      long start = System.nanoTime();
      await(Future.all(send(two, server, 200)));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      // 0.3 s on an idle machine; what tests share a machine with may take some.
      assertThat(took).isBetween(Duration.ofMillis(100), Duration.ofMillis(1_500));
    }
  }

  @Test
  void neverMoreThan256ConnectionsAreOpenAndAllCallsAreAnswered() throws Exception {
    try (ClientPool two = pool(options().clients(2));
        RawServer server = slow()) {
      List<Future<HttpAnswer>> answers = send(two, server, 300);
      assertThat(two.stats().open()).isEqualTo(256);
      await(Future.all(answers));
      assertThat(server.mostOpen()).isLessThanOrEqualTo(256);
      assertThat(two.stats().created()).isLessThanOrEqualTo(256);
      assertThat(two.stats().waiting()).isZero();
      assertThat(two.stats().reused()).isGreaterThanOrEqualTo(44);
    }
  }

  @Test
  void theCallBeyondTheBoundOnWaitingIsRefusedAtOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ClientPoolOptions.Builder options = options().clients(2).maxOpenPerOrigin(2).maxWaiting(3);
    try (ClientPool small = pool(options);
        RawServer server = RawServer.answering(OK, go)) {
      List<Future<HttpAnswer>> accepted = send(small, server, 5);
      assertFailure(failure(small.send(post(server))), Kind.FULL, false);
      assertThat(small.stats().waiting()).isBetween(3, 5);
      go.countDown();
      await(Future.all(accepted));
      assertThat(small.stats().failures()).containsEntry(Kind.FULL, 1L);
    }
  }

  @Test
  void tenThousandCallsAtOnceOpenNoMoreConnectionsThanTheLimit() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ClientPool two = pool(options().clients(2));
        RawServer server = RawServer.answering(OK, go)) {
      List<Future<HttpAnswer>> answers = send(two, server, 10_000);
      PoolStats full = two.stats();
      assertThat(full.open()).isEqualTo(256);
      assertThat(full.active() + full.waiting()).isBetween(256 + 1_024, 2 * 256 + 1_024);
      assertThat(full.active() + full.waiting() + full.failures(Kind.FULL)).isEqualTo(10_000);
      go.countDown();
      for (Future<HttpAnswer> answer : answers) {
        await(answer.otherwiseEmpty());
      }
      assertThat(answers.stream().filter(Future::succeeded).count())
          .isEqualTo(10_000 - full.failures(Kind.FULL));
      assertThat(server.mostOpen()).isLessThanOrEqualTo(256);
    }
  }

  @Test
  void whatIsHeldAndWhatWaitsIsCounted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ClientPool two = pool(options().maxOpenPerOrigin(2));
        RawServer server = RawServer.answering(OK, go)) {
      List<Future<HttpAnswer>> answers = send(two, server, 3);
      until(() -> server.requests() == 2);
      PoolStats before = two.stats();
      assertThat(List.of(before.open(), before.idle(), before.active(), before.waiting()))
          .containsExactly(2, 0, 2, 1);
      go.countDown();
      await(Future.all(answers));
      PoolStats after = two.stats();
      assertThat(List.of(after.open(), after.idle(), after.active(), after.waiting()))
          .containsExactly(2, 2, 0, 0);
      assertThat(List.of(after.created(), after.reused(), after.calls()))
          .containsExactly(2L, 1L, 3L);
      assertThat(after.waitingTime()).isPositive();
    }
  }

  @Test
  void waitingCallsAreServedInOrderWhicheverClientTheyCameBy() throws Exception {
    Semaphore go = new Semaphore(0);
    List<String> order = new CopyOnWriteArrayList<>();
    ClientPoolOptions.Builder options = options().clients(2).maxOpenPerOrigin(1);
    try (ClientPool one = pool(options);
        RawServer server =
            new RawServer(
                peer -> {
                  while (peer.readRequest()) {
                    order.add(peer.body());
                    go.acquire();
                    peer.write(OK);
                  }
                })) {
      List<Future<HttpAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(one.send(post(server, "" + i)));
      }
      go.release(8);
      await(Future.all(answers));
      assertThat(order).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aClientWithoutConnectionsUsesAnIdleOneOfAnotherWhenNoMoreMayBeOpened() throws Exception {
    ClientPoolOptions.Builder options = options().clients(2).maxOpenPerOrigin(1);
    try (ClientPool one = pool(options);
        RawServer server = RawServer.answering(OK)) {
      for (int i = 0; i < 4; i++) {
        await(one.send(post(server))); // By each client in turn.
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(one.stats().reused()).isEqualTo(3);
    }
  }

  @Test
  void aPlaceThatAConnectionLeavesIsUsedForTheNextThatWaits() throws Exception {
    ClientPoolOptions.Builder options = options().clients(2).maxOpenPerOrigin(2);
    try (ClientPool two = pool(options);
        RawServer server =
            RawServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")) {
      await(Future.all(send(two, server, 20)));
      assertThat(server.accepted()).isEqualTo(20);
      assertThat(server.mostOpen()).isLessThanOrEqualTo(3); // One may not have seen its end yet.
      until(() -> two.stats().open() == 0);
      assertThat(two.stats().closed()).isEqualTo(20);
    }
  }

  @Test
  void afterABurstAsManyConnectionsAreKeptAsMayBeIdle() throws Exception {
    try (ClientPool two = pool(options().clients(2));
        RawServer server = slow()) {
      await(Future.all(send(two, server, 200)));
      until(() -> two.stats().open() == 20 && server.open() == 20);
      assertThat(two.stats().idle()).isEqualTo(20);
    }
  }

  @Test
  void aClientKeepsItsLimitOfIdleConnectionsOverAllOriginsAndDropsTheOldest() throws Exception {
    try (ClientPool two = pool(options().maxIdle(2));
        RawServer first = RawServer.answering(OK);
        RawServer second = RawServer.answering(OK);
        RawServer third = RawServer.answering(OK)) {
      for (RawServer server : List.of(first, second, third)) {
        await(two.send(post(server)));
      }
      until(() -> two.stats().open() == 2);
      assertThat(two.stats(first.origin()).idle()).isZero();
      assertThat(two.stats(second.origin()).idle()).isEqualTo(1);
      assertThat(two.stats(third.origin()).idle()).isEqualTo(1);
    }
  }

  @Test
  void anIdleConnectionIsClosedAfterTheIdleTime() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ClientPool brief = pool(options().idleTime(Duration.ofMillis(50)));
        RawServer server =
            new RawServer(
                peer -> {
                  peer.readRequest();
                  peer.write(OK);
                  peer.awaitClose();
                  closed.countDown();
                })) {
      await(brief.send(post(server)));
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      until(() -> brief.stats().open() == 0);
      assertThat(brief.stats().idle()).isZero();
    }
  }

  @Test
  void whenAnOriginIsDownAllThatWaitAreTold() throws Exception {
    try (Socket bound = new Socket();
        ClientPool small = pool(options().clients(2).maxOpenPerOrigin(3))) {
      // Bound, but not listening: refuses, and nobody else can take the port meanwhile.
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Target down = Target.parse("http://127.0.0.1:" + bound.getLocalPort());
      List<Future<HttpAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(small.send(HttpCall.post(down, Map.of(), new byte[0])));
      }
      for (Future<HttpAnswer> answer : answers) {
        assertFailure(failure(answer), Kind.CONNECT, false);
      }
      assertThat(small.stats().open()).isZero();
      assertThat(small.stats().failures()).containsEntry(Kind.CONNECT, 50L);
    }
  }
}
