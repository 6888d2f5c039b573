package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection is used again only where nothing speaks against it. */
class DeadConnectionTest extends PoolTest {
  @Test
  void aConnectionThatThePeerClosedIsNeverUsedAgain() throws Exception {
    CountDownLatch close = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.write(OK);
              close.await();
            })) {
      answer(post(server));
      assertThat(pool.stats().idle()).isEqualTo(1);
      close.countDown();
      until(() -> pool.stats().open() == 0);

      answer(post(server).withRepeatable(false));

      assertThat(server.accepted()).isEqualTo(2);
      assertThat(pool.stats().reused()).isZero();
    }
  }

  /** The peer takes the second request on a used connection and closes it without a word. */
  private static RawServer closingOnTheSecondRequest() throws Exception {
    return new RawServer(
        peer -> {
          peer.readRequest();
          peer.write(OK);
          if (peer.number > 1) {
            peer.awaitClose();
          }
          peer.readRequest();
        });
  }

  @Test
  void aRepeatableCallIsSentOnceMoreWhenAUsedConnectionClosesBeforeTheAnswer() throws Exception {
    try (RawServer server = closingOnTheSecondRequest()) {
      answer(post(server));
      assertThat(text(answer(post(server)))).isEqualTo("ok");
      assertThat(server.requests()).isEqualTo(3);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void aCallThatMustNotBeRepeatedFailsWhenAUsedConnectionClosesBeforeTheAnswer() throws Exception {
    try (RawServer server = closingOnTheSecondRequest()) {
      answer(post(server));
      assertFailure(failure(post(server).withRepeatable(false)), Kind.CLOSED, true);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void aCallIsRepeatedOnlyOnce() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              if (peer.number == 1) {
                peer.write(OK);
                peer.readRequest();
              }
            })) {
      answer(post(server));
      assertFailure(failure(post(server)), Kind.CLOSED, true);
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void aNewConnectionThatClosesBeforeTheAnswerIsAFailureAtOnce() throws Exception {
    try (RawServer server = new RawServer(RawServer.Peer::readRequest)) {
      assertFailure(failure(post(server)), Kind.CLOSED, true);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aCallIsNotRepeatedOnceTheHeadOfAnAnswerCame() throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.write(OK);
              peer.readRequest();
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
            })) {
      answer(post(server));
      assertFailure(failure(post(server)), Kind.CLOSED, true);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: foo, Close\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=0\r\n\r\nok"
      })
  void anAnswerThatSaysSoEndsItsConnection(String answer) throws Exception {
    try (RawServer server = RawServer.answering(answer)) {
      for (int i = 0; i < 2; i++) {
        assertThat(text(answer(post(server)))).isEqualTo("ok");
      }
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(pool.stats().reused()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OK, "HTTP/1.1 200 OK\r\nContent-Le", "x", "\r\n\r\n\r\nnonsense\r\n"})
  void bytesThatNobodyAskedForCloseAnIdleConnection(String unasked) throws Exception {
    CountDownLatch speak = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.write(OK);
              speak.await();
              peer.write(unasked);
              peer.awaitClose();
              closed.countDown();
            })) {
      answer(post(server));
      speak.countDown();
      closed.await();
      until(() -> pool.stats().open() == 0);
      assertThat(pool.stats().idle()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad", "HTTP/1.1 20", "x"})
  void bytesBeyondTheAnswerAreNotTheAnswerToTheNextCall(String surplus) throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              while (peer.readRequest()) {
                peer.write(OK + surplus);
              }
            })) {
      assertThat(text(answer(post(server)))).isEqualTo("ok");
      assertThat(text(answer(post(server)))).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void withoutKeepAliveEachCallHasItsOwnConnection() throws Exception {
    List<String> heads = new CopyOnWriteArrayList<>();
    try (ClientPool once = pool(options().keepAlive(false));
        RawServer server =
            new RawServer(
                peer -> {
                  while (peer.readRequest()) {
                    heads.add(peer.head());
                    peer.write(OK);
                  }
                })) {
      for (int i = 0; i < 2; i++) {
        await(once.send(post(server)));
      }
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(heads).hasSize(2).allMatch(head -> head.contains("connection: close\r\n"));
    }
  }
}
