package dev.tenfold.toolkit.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.httpclient.ClientException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every ending of a call at once, in an order that nobody chose: the books must be right after. */
class ConsistencyTest extends PoolTest {
  private static final int LIMIT = 5;
  private static final int CALLS = 600;

  /** Answers, closes with or without an answer, breaks off, or stays silent. */
  private static RawServer moody(long seed) throws Exception {
    return new RawServer(
        peer -> {
          Random random = new Random(seed * 1_000 + peer.number);
          while (peer.readRequest()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(2_000)));
            switch (random.nextInt(20)) {
              case 0 -> {
                return;
              }
              case 1 -> {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort");
                return;
              }
              case 2 -> peer.awaitClose();
              case 3 -> {
                peer.write(OK);
                return;
              }
              default -> peer.write(OK);
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyCallEndsOnceAndNoPlaceIsLost(long seed) throws Exception {
    ClientPoolOptions.Builder options =
        options()
            .clients(2)
            .maxOpenPerOrigin(LIMIT)
            .maxIdlePerOrigin(2)
            .timeout(Duration.ofMillis(400));
    Random random = new Random(seed);
    Set<Kind> expected = EnumSet.of(Kind.TIMEOUT, Kind.CLOSED, Kind.CANCELLED, Kind.BAD_ANSWER);
    try (ClientPool two = pool(options);
        RawServer server = moody(seed)) {
      List<PendingAnswer> pending = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        pending.add(two.start(post(server).withRepeatable(random.nextBoolean())));
        if (random.nextInt(10) == 0) {
          pending.get(random.nextInt(pending.size())).cancel();
        }
        assertThat(two.stats().open()).isLessThanOrEqualTo(LIMIT);
      }
      int answered = answered(pending, expected);
      until(() -> two.stats().open() == two.stats().idle());
      PoolStats stats = two.stats();
      long failed = stats.failures().values().stream().mapToLong(Long::longValue).sum();
      assertThat(stats.waiting()).isZero();
      assertThat(stats.active()).isZero();
      assertThat(stats.calls()).isEqualTo(CALLS);
      assertThat(answered + failed).isEqualTo(CALLS);
      assertThat(stats.created() - stats.closed()).isEqualTo(stats.open());
      await(two.shutdown());
      assertThat(two.stats().open()).isZero();
    }
  }
}
