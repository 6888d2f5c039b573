package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClientPoolTest extends PoolTest {
  @Test
  void callsOneAfterTheOtherUseOneConnection() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      for (int i = 0; i < 3; i++) {
        HttpAnswer answer = answer(post(server));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("ok");
        assertThat(answer.header("content-LENGTH")).isEqualTo("2");
        assertThat(answer.header("content-type")).isNull();
      }
      PoolStats stats = pool.stats(server.origin());
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(stats.created()).isEqualTo(1);
      assertThat(stats.reused()).isEqualTo(2);
      assertThat(stats.calls()).isEqualTo(3);
      assertThat(stats.open()).isEqualTo(1);
      assertThat(stats.idle()).isEqualTo(1);
      assertThat(stats.failures()).hasSize(Kind.values().length).containsValue(0L);
    }
  }

  @Test
  void theRequestIsSentAsTheCallHasIt() throws Exception {
    Promise<String> head = Promise.promise();
    Promise<String> body = Promise.promise();
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              head.complete(peer.head());
              body.complete(peer.body());
              peer.write(OK);
            })) {
      answer(post(server, "{\"id\":1}"));
      assertThat(await(head.future()))
          .startsWith("POST /rpc?key=secret HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nhost: " + server.origin().authority() + "\r\n")
          .containsIgnoringCase("\r\ncontent-length: 8\r\n")
          .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
          .doesNotContainIgnoringCase("connection:", "transfer-encoding", "authorization");
      assertThat(await(body.future())).isEqualTo("{\"id\":1}");
    }
  }

  @Test
  void userAndPasswordOfTheUrlAreSentAsBasicAuthorization() throws Exception {
    Promise<String> head = Promise.promise();
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              head.complete(peer.head());
              peer.write(OK);
            })) {
      Target target =
          Target.parse("http://Aladdin:open%20sesame@127.0.0.1:" + server.origin().port());
      answer(HttpCall.get(target, Map.of()));
      assertThat(await(head.future()))
          .startsWith("GET / HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nauthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n")
          .doesNotContainIgnoringCase("content-length");
    }
  }

  @Test
  void clientsAreHandedOutInTurn() {
    try (ClientPool four = pool(options().clients(4))) {
      Map<Client, Integer> counts = new HashMap<>();
      for (int i = 0; i < 8; i++) {
        counts.merge(four.next(), 1, Integer::sum);
      }
      assertThat(four.clients()).isEqualTo(4);
      assertThat(counts).hasSize(4).values().containsOnly(2);
    }
  }

  @Test
  void aCallFromAnEventLoopGoesByAClientOfThatLoopAndComesBackToIt() throws Exception {
    try (ClientPool two = pool(options().clients(2));
        RawServer server = RawServer.answering(OK)) {
      Promise<Client> client = Promise.promise();
      Promise<Context> completedOn = Promise.promise();
      Context context = vertx.getOrCreateContext();
      context.runOnContext(
          v -> {
            client.complete(two.next());
            two.send(post(server))
                .onComplete(a -> completedOn.complete(vertx.getOrCreateContext()));
          });
      assertThat(await(client.future()).eventLoop())
          .isSameAs(((ContextInternal) context).nettyEventLoop());
      assertThat(await(completedOn.future())).isSameAs(context);
    }
  }

  @Test
  void anAnswerByAnotherLoopsConnectionComesBackToTheCallersContext() throws Exception {
    ClientPoolOptions.Builder options = options().clients(2).maxOpenPerOrigin(1);
    try (ClientPool one = pool(options);
        RawServer server = RawServer.answering(OK)) {
      for (int i = 0; i < 4; i++) {
        Promise<Context> startedOn = Promise.promise();
        Promise<Context> completedOn = Promise.promise();
        Client client = one.next();
        client.run(
            () -> {
              startedOn.complete(vertx.getOrCreateContext());
              one.send(post(server))
                  .onComplete(a -> completedOn.complete(vertx.getOrCreateContext()));
            });
        assertThat(await(completedOn.future())).isSameAs(await(startedOn.future()));
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void shutdownLetsCallsInFlightEndAndTakesNoNewOnes() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ClientPool one = pool(options().maxOpenPerOrigin(1));
        RawServer server = RawServer.answering(OK, go)) {
      PendingAnswer inFlight = one.start(post(server));
      PendingAnswer waiting = one.start(post(server));
      Future<Void> down = one.shutdown();
      assertFailure(failure(one.send(post(server))), Kind.SHUT_DOWN, false);
      assertThat(down.isComplete()).isFalse();
      go.countDown();
      assertThat(text(await(inFlight.future()))).isEqualTo("ok");
      assertThat(text(await(waiting.future()))).isEqualTo("ok");
      await(down);
      assertThat(one.stats().open()).isZero();
    }
  }

  @Test
  void shutdownClosesIdleConnections() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      answer(post(server));
      await(pool.shutdown());
      until(() -> server.open() == 0);
      assertThat(pool.stats().open()).isZero();
    }
  }

  @Test
  void aConnectionThatComesBackAfterTheShutdownIsClosed() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              go.await();
              peer.write(OK);
              peer.awaitClose();
            })) {
      PendingAnswer inFlight = pool.start(post(server));
      until(() -> server.requests() == 1);
      Future<Void> down = pool.shutdown();
      go.countDown();
      assertThat(text(await(inFlight.future()))).isEqualTo("ok");
      await(down);
      until(() -> server.open() == 0);
    }
  }

  @Test
  void aConnectionThatIsMadeAfterThePoolWasClosedIsClosed() throws Exception {
    try (RawServer server = new RawServer(RawServer.Peer::awaitClose)) {
      PendingAnswer beingConnected = pool.start(post(server));
      pool.close();
      assertThat(failure(beingConnected.future()).kind()).isEqualTo(Kind.SHUT_DOWN);
      await(pool.shutdown());
      until(() -> server.open() == 0);
      assertThat(pool.stats().created()).isEqualTo(pool.stats().closed());
    }
  }

  @Test
  void closeEndsCallsThatAreUnderWay() throws Exception {
    pool = pool(options().maxOpenPerOrigin(1));
    try (RawServer server = new RawServer(RawServer.Peer::awaitClose)) {
      PendingAnswer inFlight = pool.start(post(server));
      until(() -> pool.stats().created() == 1);
      PendingAnswer waiting = pool.start(post(server));
      pool.close();
      assertThat(failure(inFlight.future()).kind()).isEqualTo(Kind.SHUT_DOWN);
      assertFailure(failure(waiting.future()), Kind.SHUT_DOWN, false);
      await(pool.shutdown());
      assertThat(pool.stats().open()).isZero();
    }
  }

  @Test
  void aHeaderThatCouldSplitTheRequestIsRefusedWithoutBeingRepeated() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      HttpCall call =
          HttpCall.post(server.target(), Map.of("X-Key", "hidden\r\nEvil: 1"), new byte[0]);
      assertThatThrownBy(() -> pool.send(call))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("hidden")
          .hasNoCause();
      assertThat(pool.stats().calls()).isZero();
    }
  }
}
