package dev.tenfold.toolkit.httpclient;

import static dev.tenfold.toolkit.httpclient.RawHttp2Server.DATA;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.MAX_FRAME_BYTES;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import dev.tenfold.toolkit.httpclient.RawHttp2Server.Frame;
import dev.tenfold.toolkit.httpclient.RawHttp2Server.Peer;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Neither side sends more than the other has room for (RFC 9113, section 5.2). */
class Http2FlowTest extends PoolTest {
  /** What a peer has room for until it says otherwise. */
  private static final int WINDOW = 65_535;

  @BeforeEach
  void trust() {
    pool = trusting(options());
  }

  private static int read(Peer peer, int bytes) throws IOException {
    int read = 0;
    while (read < bytes) {
      Frame frame = peer.next();
      if (frame == null) {
        throw new IOException("the client has closed the connection");
      }
      read += frame.type() == DATA ? frame.payload().length : 0;
    }
    return read;
  }

  @Test
  void aBodyIsSentAsThePeerMakesRoomForIt() throws Exception {
    int length = 200_000;
    Promise<List<Frame>> beyond = Promise.promise();
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              read(peer, WINDOW);
              beyond.complete(peer.ping());
              peer.windowUpdate(0, length);
              peer.windowUpdate(3, length);
              int rest = read(peer, length - WINDOW);
              peer.answer(3, Integer.toString(WINDOW + rest));
              peer.awaitClose();
            })) {
      HttpCall call = HttpCall.post(server.target(), Map.of(), new byte[length]);
      assertThat(text(answer(call))).isEqualTo("200000");
      assertThat(await(beyond.future())).noneMatch(frame -> frame.type() == DATA);
    }
  }

  @Test
  void aPeerThatMakesNoRoomIsATimeoutAndItsConnectionServesOthers() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              for (int stream = peer.request(); stream > 0; stream = peer.request()) {
                peer.answer(stream, "ok");
              }
            })) {
      HttpCall small = HttpCall.get(server.target(), Map.of());
      assertThat(text(answer(small))).isEqualTo("ok"); // Is connected.
      HttpCall large = HttpCall.post(server.target(), Map.of(), new byte[1 << 20]);
      HttpCall late = large.withTimeout(Duration.ofMillis(200));
      assertFailure(failure(late), Kind.TIMEOUT, true);
      until(() -> pool.stats().idle() == 1);
      assertThat(text(answer(small))).isEqualTo("ok");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  /** As much as the client has room for on a stream, one byte of a frame less. */
  private static void fill(Peer peer, int stream, int more) throws IOException {
    peer.head(stream, 200, false);
    int left = Http2Connection.STREAM_WINDOW_BYTES + more;
    while (left > 0) {
      byte[] piece = new byte[Math.min(left, MAX_FRAME_BYTES)];
      peer.data(stream, piece, false);
      left -= piece.length;
    }
  }

  @Test
  void streamsThatNobodyReadsHoldOneWindowEachAndStopNoOther() throws Exception {
    int others = 3;
    pool = trusting(options().maxStreams(others + 1));
    Promise<List<Frame>> updates = Promise.promise();
    CountDownLatch over = new CountDownLatch(1);
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              for (int i = 0; i < others; i++) {
                fill(peer, peer.request(), 0);
              }
              int last = peer.request();
              updates.complete(peer.ping());
              peer.head(last, 200, false);
              int room = Http2Connection.STREAM_WINDOW_BYTES;
              for (int sent = 0; sent < 1 << 20; sent += MAX_FRAME_BYTES) {
                while (room < MAX_FRAME_BYTES) {
                  Frame frame = peer.read();
                  if (frame == null) {
                    return;
                  }
                  boolean ours = frame.type() == WINDOW_UPDATE && frame.stream() == last;
                  room += ours ? frame.number() : 0;
                }
                peer.data(last, new byte[MAX_FRAME_BYTES], sent + MAX_FRAME_BYTES == 1 << 20);
                room -= MAX_FRAME_BYTES;
              }
              over.await();
            })) {
      List<AnswerStream> unread = new ArrayList<>();
      for (int i = 0; i < others; i++) {
        AnswerStream rest = pool.exchange(server.call().withWholeBytes(1_000)).rest();
        assertThat(rest).isNotNull();
        unread.add(rest);
      }
      assertThat(pool.exchange(server.call()).body()).hasSize(1 << 20);
      assertThat(await(updates.future()))
          .noneMatch(frame -> frame.type() == WINDOW_UPDATE && frame.stream() != 0);
      assertThat(pool.stats().streams()).isEqualTo(others);
      assertThat(server.accepted()).isEqualTo(1);
      unread.forEach(AnswerStream::cancel);
      until(() -> pool.stats().idle() == 1);
      over.countDown();
    }
  }

  @Test
  void aPeerThatSendsMoreThanThereIsRoomForIsBroken() throws Exception {
    try (RawHttp2Server server =
        new RawHttp2Server(
            peer -> {
              peer.settings();
              fill(peer, peer.request(), 2 * MAX_FRAME_BYTES);
              peer.awaitClose();
            })) {
      HttpAnswer begun = pool.exchange(server.call().withWholeBytes(1_000));
      AnswerStream rest = begun.rest();
      assertThat(rest).isNotNull();
      until(() -> pool.stats().failures(Kind.BAD_ANSWER) == 1);
      assertThat(failure(rest.next()).kind()).isEqualTo(Kind.BAD_ANSWER);
      until(() -> pool.stats().open() == pool.stats().idle());
    }
  }
}
