package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ending of streams at once: the books and the room must be right after. */
class StreamConsistencyTest extends PoolTest {
  private static final int LIMIT = 5;
  private static final int CALLS = 150;
  private static final int LENGTH = 300_000;
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n";

  /** Answers in full, breaks off in the middle, says too much, or falls silent. */
  private static RawServer moody(long seed) throws Exception {
    return new RawServer(
        peer -> {
          Random random = new Random(seed * 1_000 + peer.number);
          while (peer.readRequest()) {
            byte[] body = new byte[LENGTH];
            peer.write(HEAD);
            int mood = random.nextInt(12);
            int length = mood < 2 ? random.nextInt(LENGTH) : LENGTH;
            peer.socket.getOutputStream().write(body, 0, length);
            switch (mood) {
              case 0 -> {
                return;
              }
              case 1 -> peer.awaitClose();
              case 2 -> peer.write("surplus");
              default -> {}
            }
          }
        });
  }

  /** Reads to the end, or gives up after some pieces. */
  private static Future<Long> read(HttpAnswer answer, int patience) {
    AnswerStream rest = answer.rest();
    if (rest == null) {
      return Future.succeededFuture((long) answer.body().length);
    }
    return read(rest, answer.body().length, patience);
  }

  private static Future<Long> read(AnswerStream rest, long before, int patience) {
    if (patience == 0) {
      rest.cancel();
    }
    return rest.next()
        .compose(
            piece ->
                piece.length == 0
                    ? Future.succeededFuture(before)
                    : read(rest, before + piece.length, patience - 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyStreamEndsOnceAndNoPlaceIsLost(long seed) throws Exception {
    ClientPoolOptions.Builder options =
        options()
            .clients(2)
            .maxOpenPerOrigin(LIMIT)
            .maxIdlePerOrigin(2)
            .timeout(Duration.ofSeconds(2));
    CountedRoom room = new CountedRoom(1 << 20);
    Random random = new Random(seed);
    Set<Kind> expected =
        EnumSet.of(Kind.TIMEOUT, Kind.CLOSED, Kind.CANCELLED, Kind.BAD_ANSWER, Kind.NO_ROOM);
    try (ClientPool two = ClientPool.create(vertx, options.build(), room);
        RawServer server = moody(seed)) {
      List<Future<Long>> ends = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        long whole = random.nextBoolean() ? 50_000 : Long.MAX_VALUE;
        int patience = random.nextInt(5) == 0 ? random.nextInt(4) : Integer.MAX_VALUE;
        PendingAnswer call = two.start(post(server).withWholeBytes(whole));
        ends.add(call.future().compose(answer -> read(answer, patience)));
        if (random.nextInt(10) == 0) {
          call.cancel();
        }
        assertThat(two.stats().open()).isLessThanOrEqualTo(LIMIT);
      }
      int answered = 0;
      for (Future<Long> end : ends) {
        await(end.otherwiseEmpty());
        if (end.succeeded()) {
          answered++;
          assertThat(end.result()).isEqualTo(LENGTH);
        } else {
          assertThat(((ClientException) end.cause()).kind()).isIn(expected);
        }
      }
      until(() -> two.stats().open() == two.stats().idle());
      PoolStats stats = two.stats();
      long failed = stats.failures().values().stream().mapToLong(Long::longValue).sum();
      assertThat(answered).isPositive();
      assertThat(stats.waiting()).isZero();
      assertThat(stats.active()).isZero();
      assertThat(answered + failed).isEqualTo(CALLS);
      assertThat(stats.created() - stats.closed()).isEqualTo(stats.open());
      assertThat(room.taken()).isZero();
      await(two.shutdown());
      assertThat(two.stats().open()).isZero();
    }
  }
}
