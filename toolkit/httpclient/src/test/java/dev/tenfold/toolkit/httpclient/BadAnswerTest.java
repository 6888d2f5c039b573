package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks off, or is not HTTP, is never an answer. */
class BadAnswerTest extends PoolTest {
  private static final String OK_HEAD = "HTTP/1.1 200 OK\r\n";
  private static final String CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n";

  private static RawServer saying(String text) throws Exception {
    return new RawServer(
        peer -> {
          peer.readRequest();
          peer.write(text);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTT",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsho",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n"
      })
  void anAnswerThatBreaksOffIsNoAnswer(String broken) throws Exception {
    try (RawServer server = saying(broken)) {
      ClientException failure = failure(post(server));
      assertThat(failure.kind()).isIn(Set.of(Kind.CLOSED, Kind.BAD_ANSWER));
      assertThat(failure.mayHaveBeenSent()).isTrue();
      until(() -> pool.stats().open() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nok!",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nok\r\n0\r\n\r\n",
        OK_HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/3.7 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n"
      })
  void whatIsNotHttpIsABadAnswer(String bad) throws Exception {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              peer.write(bad);
              peer.awaitClose();
            })) {
      assertFailure(failure(post(server)), Kind.BAD_ANSWER, true);
      until(() -> pool.stats().open() == 0);
      assertThat(pool.stats().failures()).containsEntry(Kind.BAD_ANSWER, 1L);
    }
  }

  @Test
  void headersLargerThan64KiBAreABadAnswer() throws Exception {
    String header = "X: " + "x".repeat(1_000) + "\r\n";
    try (RawServer server = saying("HTTP/1.1 200 OK\r\n" + header.repeat(70))) {
      assertFailure(failure(post(server)), Kind.BAD_ANSWER, true);
    }
  }

  @Test
  void anAnnouncedBodyOverTheLimitIsTooLargeBeforeItComes() throws Exception {
    try (ClientPool small = pool(options().maxAnswerBytes(10));
        RawServer server =
            new RawServer(
                peer -> {
                  peer.readRequest();
                  peer.write("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n");
                  peer.awaitClose();
                })) {
      assertFailure(failure(small.send(post(server))), Kind.TOO_LARGE, true);
      until(() -> small.stats().open() == 0);
    }
  }

  @Test
  void aChunkedBodyIsTooLargeOnceItIsOverTheLimit() throws Exception {
    try (ClientPool small = pool(options().maxAnswerBytes(10));
        RawServer server =
            new RawServer(
                peer -> {
                  peer.readRequest();
                  peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  peer.write("a\r\n0123456789\r\n1\r\nx\r\n");
                  peer.awaitClose();
                })) {
      assertFailure(failure(small.send(post(server))), Kind.TOO_LARGE, true);
      until(() -> small.stats().open() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK_HEAD + "Content-Length: 10\r\n\r\n0123456789",
        OK_HEAD + "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n",
        OK_HEAD + "\r\n0123456789",
        CONTINUE + OK_HEAD + "Content-Length: 10\r\n\r\n0123456789"
      })
  void aBodyAsLargeAsTheLimitIsFine(String answer) throws Exception {
    try (ClientPool small = pool(options().maxAnswerBytes(10));
        RawServer server = saying(answer)) {
      assertThat(text(await(small.send(post(server))))).isEqualTo("0123456789");
    }
  }

  @Test
  void aLargeChunkedBodyArrivesWhole() throws Exception {
    String chunk = "x".repeat(1_000);
    String chunks = ("3e8\r\n" + chunk + "\r\n").repeat(3_000);
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawServer server = saying(head + chunks + "0\r\n\r\n")) {
      assertThat(text(answer(post(server)))).isEqualTo(chunk.repeat(3_000));
    }
  }

  @Test
  void aLargeAnnouncedBodyArrivesWhole() throws Exception {
    String body = "x".repeat(3_000_001);
    try (RawServer server = saying("HTTP/1.1 200 OK\r\nContent-Length: 3000001\r\n\r\n" + body)) {
      assertThat(text(answer(post(server)))).isEqualTo(body);
    }
  }
}
