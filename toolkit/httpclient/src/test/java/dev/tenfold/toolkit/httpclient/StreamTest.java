package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are larger than their call wants to have whole. */
class StreamTest extends PoolTest {
  private static final int WHOLE = 100_000;
  private static final Duration SHORT = Duration.ofMillis(200);

  private static byte[] body(int length) {
    byte[] body = new byte[length];
    new Random(length).nextBytes(body);
    return body;
  }

  private static void head(RawServer.Peer peer, int length) throws IOException {
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
  }

  private static RawServer saying(byte[] body) throws Exception {
    return new RawServer(
        peer -> {
          while (peer.readRequest()) {
            head(peer, body.length);
            peer.socket.getOutputStream().write(body);
          }
        });
  }

  /** Says the beginning of a body of a million bytes, and goes on as it is told to. */
  private static RawServer beginning(RawServer.Behaviour then) throws Exception {
    return new RawServer(
        peer -> {
          peer.readRequest();
          head(peer, 1_000_000);
          peer.socket.getOutputStream().write(new byte[WHOLE + 1]);
          then.serve(peer);
        });
  }

  private HttpCall streaming(RawServer server) {
    return post(server).withWholeBytes(WHOLE);
  }

  private static AnswerStream rest(HttpAnswer answer) {
    return Objects.requireNonNull(answer.rest());
  }

  private static byte[] all(HttpAnswer answer) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(answer.body());
    byte[] piece = await(rest(answer).next());
    while (piece.length > 0) {
      all.write(piece);
      piece = await(rest(answer).next());
    }
    return all.toByteArray();
  }

  @Test
  void aLargeAnswerArrivesInPiecesByteForByteAndItsConnectionIsUsedAgain() throws Exception {
    byte[] body = body(5_000_000);
    try (RawServer server = saying(body)) {
      for (int i = 0; i < 3; i++) {
        HttpAnswer answer = answer(streaming(server));
        assertThat(answer.body().length).isBetween(WHOLE + 1, WHOLE + (64 << 10));
        assertThat(all(answer)).isEqualTo(body);
        until(() -> pool.stats().idle() == 1);
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(pool.stats().reused()).isEqualTo(2);
    }
  }

  @Test
  void anAnswerAsLargeAsMayBeWholeIsWhole() throws Exception {
    byte[] body = body(WHOLE);
    try (RawServer server = saying(body)) {
      HttpAnswer answer = answer(streaming(server));
      assertThat(answer.rest()).isNull();
      assertThat(answer.body()).isEqualTo(body);
    }
  }

  @Test
  void aChunkedAnswerAndOneThatEndsWithTheConnectionStreamToo() throws Exception {
    String text = "x".repeat(300_000);
    for (String said :
        new String[] {
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n493e0\r\n" + text + "\r\n0\r\n\r\n",
          "HTTP/1.0 200 OK\r\n\r\n" + text
        }) {
      try (RawServer server =
          new RawServer(
              peer -> {
                peer.readRequest();
                peer.write(said);
              })) {
        assertThat(new String(all(answer(streaming(server))), StandardCharsets.ISO_8859_1))
            .isEqualTo(text);
        until(() -> pool.stats().open() == 0);
      }
    }
  }

  @Test
  void whatNobodyAsksForStaysWithThePeer() throws Exception {
    AtomicLong written = new AtomicLong();
    int length = 64 << 20;
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.readRequest();
              head(peer, length);
              byte[] part = new byte[16 << 10];
              for (int sent = 0; sent < length; sent += part.length) {
                peer.socket.getOutputStream().write(part);
                written.addAndGet(part.length);
              }
              peer.awaitClose();
            })) {
      HttpAnswer answer = answer(streaming(server));
      assertThat(isStill(written)).isLessThan(length / 2);
      assertThat(all(answer)).hasSize(length);
    }
  }

  /** What a number is once it has not risen for half a second. */
  private static long isStill(AtomicLong number) {
    AtomicLong last = new AtomicLong(-1);
    AtomicLong since = new AtomicLong();
    until(
        () -> {
          long now = System.nanoTime();
          if (last.getAndSet(number.get()) != number.get()) {
            since.set(now);
          }
          return now - since.get() > Duration.ofMillis(500).toNanos();
        });
    return number.get();
  }

  @Test
  void anAnswerThatBreaksOffInTheMiddleIsToldInTheMiddle() throws Exception {
    try (RawServer server = beginning(peer -> {})) {
      HttpAnswer answer = answer(streaming(server));
      assertThat(failure(next(answer)).kind()).isEqualTo(Kind.CLOSED);
      assertThat(failure(rest(answer).next()).kind()).isEqualTo(Kind.CLOSED);
      until(() -> pool.stats().open() == 0);
      assertThat(pool.stats().failures()).containsEntry(Kind.CLOSED, 1L);
    }
  }

  /** Asks until there is no more. */
  private static Future<byte[]> next(HttpAnswer answer) {
    return rest(answer)
        .next()
        .compose(
            piece ->
                piece.length > 0
                    ? next(answer)
                    : Future.failedFuture("it ended as if it were whole"));
  }

  @Test
  void aPeerThatStopsSendingIsATimeoutOnceItIsWaitedFor() throws Exception {
    try (RawServer server = beginning(RawServer.Peer::awaitClose)) {
      HttpAnswer answer = answer(streaming(server).withTimeout(SHORT));
      long begin = System.nanoTime();
      assertThat(failure(next(answer)).kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT);
      until(() -> pool.stats().open() == 0 && server.open() == 0);
    }
  }

  @Test
  void noTimeRunsWhileTheCallerDoesNotAsk() throws Exception {
    AtomicLong ahead = new AtomicLong();
    byte[] body = body(1_000_000);
    try (ClientPool mine =
            new ClientPool(
                vertx,
                options().build(),
                AnswerRoom.UNBOUNDED,
                new ClientSSLOptions(),
                () -> System.nanoTime() + ahead.get());
        RawServer server = saying(body)) {
      HttpAnswer answer = await(mine.send(streaming(server)));
      ahead.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(await(mine.send(post(server))).body()).isEqualTo(body);
      assertThat(all(answer)).isEqualTo(body);
    }
  }

  @Test
  void cancellingClosesTheConnection() throws Exception {
    try (RawServer server = beginning(RawServer.Peer::awaitClose)) {
      PendingAnswer byCall = pool.start(streaming(server));
      HttpAnswer first = await(byCall.future());
      byCall.cancel();
      assertThat(failure(rest(first).next()).kind()).isEqualTo(Kind.CANCELLED);
      HttpAnswer second = answer(streaming(server));
      Future<byte[]> asked = next(second);
      rest(second).cancel();
      assertThat(failure(asked).kind()).isEqualTo(Kind.CANCELLED);
      until(() -> pool.stats().open() == 0 && server.open() == 0);
      assertThat(pool.stats().failures()).containsEntry(Kind.CANCELLED, 2L);
    }
  }

  @Test
  void closingThePoolEndsAStream() throws Exception {
    try (RawServer server = beginning(RawServer.Peer::awaitClose)) {
      HttpAnswer answer = answer(streaming(server));
      pool.close();
      assertThat(failure(rest(answer).next()).kind()).isEqualTo(Kind.SHUT_DOWN);
      await(pool.shutdown());
    }
  }

  @Test
  void moreThanThePoolTakesIsToldWhereItIsReached() throws Exception {
    String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";
    try (ClientPool small = pool(options().maxAnswerBytes(500_000));
        RawServer server =
            new RawServer(
                peer -> {
                  peer.readRequest();
                  peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  peer.write(chunk.repeat(10));
                  peer.awaitClose();
                })) {
      HttpAnswer answer = await(small.send(streaming(server)));
      assertThat(failure(next(answer)).kind()).isEqualTo(Kind.TOO_LARGE);
      until(() -> small.stats().open() == 0);
    }
  }

  @Test
  void askingTwiceAtOnceIsAFaultOfTheCaller() throws Exception {
    try (RawServer server = beginning(RawServer.Peer::awaitClose)) {
      HttpAnswer answer = answer(streaming(server));
      Future<byte[]> first = next(answer);
      Future<byte[]> second = rest(answer).next();
      await(second.otherwiseEmpty());
      assertThat(second.cause()).isInstanceOf(IllegalStateException.class);
      rest(answer).cancel();
      assertThat(failure(first).kind()).isEqualTo(Kind.CANCELLED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRoomIsGivenBackHoweverACallEnds(boolean enough) throws Exception {
    CountedRoom room = new CountedRoom(enough ? 1 << 20 : 1 << 10);
    byte[] body = body(400_000);
    try (ClientPool mine = ClientPool.create(vertx, options().build(), room);
        RawServer server = saying(body);
        RawServer broken = beginning(peer -> {})) {
      if (enough) {
        assertThat(await(mine.send(post(server))).body()).isEqualTo(body);
        assertThat(all(await(mine.send(streaming(server))))).isEqualTo(body);
        HttpAnswer breaks = await(mine.send(streaming(broken)));
        assertThat(failure(next(breaks)).kind()).isEqualTo(Kind.CLOSED);
        assertThat(room.most()).isPositive();
      } else {
        assertFailure(failure(mine.send(post(server))), Kind.NO_ROOM, true);
        assertFailure(failure(mine.send(streaming(server))), Kind.NO_ROOM, true);
      }
      until(() -> room.taken() == 0 && mine.stats().open() == mine.stats().idle());
    }
  }

  @Test
  void aSmallAnswerTakesNoRoom() throws Exception {
    CountedRoom none = new CountedRoom(0);
    byte[] body = Arrays.copyOf(body(9), (int) AnswerRoom.FREE_BYTES);
    try (ClientPool mine = ClientPool.create(vertx, options().build(), none);
        RawServer server = saying(body)) {
      assertThat(await(mine.send(post(server))).body()).isEqualTo(body);
    }
  }
}
