package dev.tenfold.toolkit.httpclient;

import static dev.tenfold.toolkit.httpclient.RawHttp2Server.INTERNAL_ERROR;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.MAX_CONCURRENT_STREAMS;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.NO_ERROR;
import static dev.tenfold.toolkit.httpclient.RawHttp2Server.REFUSED_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ending of a stream and of a connection at once: the books must be right after. */
class Http2ConsistencyTest extends PoolTest {
  private static final int LIMIT = 3;
  private static final int CALLS = 250;

  /** Answers, resets, refuses, breaks off, goes, or is gone. */
  private static RawHttp2Server moody(long seed) throws Exception {
    return new RawHttp2Server(
        peer -> {
          Random random = new Random(seed * 1_000 + peer.number);
          peer.settings(MAX_CONCURRENT_STREAMS, 4);
          for (int stream = peer.request(); stream > 0; stream = peer.request()) {
            switch (random.nextInt(40)) {
              case 0 -> {
                return;
              }
              case 1 -> peer.goAway(stream - 2, NO_ERROR);
              case 2, 3 -> peer.reset(stream, INTERNAL_ERROR);
              case 4, 5 -> peer.reset(stream, REFUSED_STREAM);
              case 6 -> {
                peer.head(stream, 200, false, "content-length", "9");
                peer.data(stream, new byte[5], false);
                peer.reset(stream, INTERNAL_ERROR);
              }
              case 7 -> {
                peer.settings(MAX_CONCURRENT_STREAMS, 1 + random.nextInt(6));
                peer.answer(stream, "ok");
              }
              default -> peer.answer(stream, "ok");
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyCallEndsOnceAndNoPlaceIsLost(long seed) throws Exception {
    ClientPoolOptions.Builder options =
        options().clients(2).maxOpenPerOrigin(LIMIT).maxIdlePerOrigin(1).maxStreams(5);
    Random random = new Random(seed);
    Set<Kind> expected = EnumSet.of(Kind.TIMEOUT, Kind.CLOSED, Kind.CANCELLED);
    try (ClientPool two = trusting(options);
        RawHttp2Server server = moody(seed)) {
      List<PendingAnswer> pending = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        HttpCall call = server.call().withRepeatable(random.nextBoolean());
        boolean hasty = random.nextInt(10) == 0;
        Duration timeout = Duration.ofMillis(hasty ? 1 + random.nextInt(300) : 15_000);
        pending.add(two.start(call.withTimeout(timeout)));
        if (random.nextInt(10) == 0) {
          pending.get(random.nextInt(pending.size())).cancel();
        }
        PoolStats stats = two.stats();
        assertThat(stats.open()).isLessThanOrEqualTo(LIMIT);
        assertThat(stats.streams()).isLessThanOrEqualTo(5 * LIMIT);
      }
      int answered = answered(pending, expected);
      until(() -> two.stats().open() == two.stats().idle());
      PoolStats stats = two.stats();
      long failed = stats.failures().values().stream().mapToLong(Long::longValue).sum();
      assertThat(answered).isPositive();
      assertThat(List.of(stats.waiting(), stats.active(), stats.streams())).containsOnly(0);
      assertThat(stats.calls()).isEqualTo(CALLS);
      assertThat(answered + failed).isEqualTo(CALLS);
      assertThat(stats.created() - stats.closed()).isEqualTo(stats.open());
      await(two.shutdown());
      assertThat(two.stats().open()).isZero();
    }
  }
}
