package dev.tenfold.gateway.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenBucketTest {
  private static final long SECOND = SECONDS.toNanos(1);

  /** Where {@link System#nanoTime} may stand; it may turn over in between. */
  private static final long[] STARTS = {
    0, 1, -1, -SECOND, Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - SECOND
  };

  @Test
  void aBurstGoesThroughAndThenTheRate() {
    for (long start : STARTS) {
      TokenBucket bucket = new TokenBucket(10, 5);
      assertThat(taken(bucket, start, 20)).as("from %d", start).isEqualTo(5);
      for (int tick = 1; tick <= 100; tick++) {
        long now = start + tick * SECOND / 10;
        assertThat(bucket.take(1, now - 1)).as("from %d", start).isEqualTo(1);
        assertThat(taken(bucket, now, 3)).as("from %d", start).isEqualTo(1);
      }
    }
  }

  @Test
  void afterASilenceItIsFullAndNotMore() {
    TokenBucket bucket = new TokenBucket(10, 5);
    taken(bucket, 0, 5);

    assertThat(taken(bucket, 1_000 * SECOND, 20)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 10, 999, 1_000_000})
  void afterTheWaitOneMoreIsLetThroughAndANanosecondBeforeNot(int rate) {
    Random random = new Random(rate);
    for (long start : STARTS) {
      TokenBucket bucket = new TokenBucket(rate, 4);
      long now = start;
      for (int i = 0; i < 100; i++) {
        int tokens = 1 + random.nextInt(4);
        long wait = bucket.take(tokens, now);
        if (wait > 0) {
          assertThat(bucket.take(tokens, now + wait - 1)).isEqualTo(1);
          assertThat(bucket.take(tokens, now + wait)).isZero();
          now += wait;
        }
        now += random.nextLong(SECOND / rate);
      }
    }
  }

  @Test
  void inNoSecondDoMoreGoThroughThanABucketAndTheRate() {
    Random random = new Random(7);
    TokenBucket bucket = new TokenBucket(50, 20);
    long taken = 0;
    for (long now = 0; now < 10 * SECOND; now += random.nextLong(SECOND / 200)) {
      taken += taken(bucket, now, random.nextInt(3));
      assertThat(taken).isLessThanOrEqualTo(20 + 50 * now / SECOND);
    }
    assertThat(taken).as("but the rate is reached").isGreaterThan(50 * 10);
  }

  @Test
  void whatCostsMoreThanABucketPassesWhenItIsFullAndLeavesADebt() {
    TokenBucket bucket = new TokenBucket(10, 5);

    assertThat(bucket.take(1, 0)).isZero();
    assertThat(bucket.take(25, 0)).as("until it is full").isEqualTo(SECOND / 10);
    assertThat(bucket.take(25, SECOND / 10 - 1)).isEqualTo(1);
    assertThat(bucket.take(25, SECOND / 10)).isZero();
    assertThat(bucket.remaining(SECOND / 10)).isZero();
    assertThat(bucket.take(1, SECOND / 10))
        .as("25 taken, 5 were there")
        .isEqualTo(SECOND * 21 / 10);
    assertThat(bucket.take(1, SECOND * 22 / 10)).isZero();
  }

  @Test
  void whatWasRefusedHasTakenNothing() {
    TokenBucket bucket = new TokenBucket(1, 3);
    assertThat(bucket.take(2, 0)).isZero();
    assertThat(bucket.take(2, 0)).isEqualTo(SECOND);

    assertThat(bucket.remaining(0)).isEqualTo(1);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @Test
  void whatIsPutBackCanBeTakenAgain() {
    for (long start : STARTS) {
      TokenBucket bucket = new TokenBucket(1, 3);
      assertThat(taken(bucket, start, 3)).isEqualTo(3);
      bucket.putBack(2);
      assertThat(bucket.remaining(start)).isEqualTo(2);
      assertThat(taken(bucket, start, 9)).isEqualTo(2);
    }
  }

  @Test
  void whatIsPutBackIsNotMoreThanABucket() {
    TokenBucket bucket = new TokenBucket(1, 3);
    taken(bucket, 0, 3);
    bucket.putBack(3);

    assertThat(bucket.remaining(10 * SECOND)).isEqualTo(3);
    assertThat(taken(bucket, 10 * SECOND, 9)).isEqualTo(3);
  }

  @Test
  void itSaysWhatIsLeftAndWhenItIsFull() {
    for (long start : STARTS) {
      TokenBucket bucket = new TokenBucket(10, 5);
      assertThat(bucket.remaining(start)).isEqualTo(5);
      assertThat(bucket.nanosToFull(start)).isZero();
      taken(bucket, start, 4);
      assertThat(bucket.remaining(start)).isEqualTo(1);
      assertThat(bucket.remaining(start + SECOND / 10 - 1)).isEqualTo(1);
      assertThat(bucket.remaining(start + SECOND / 10)).isEqualTo(2);
      assertThat(bucket.nanosToFull(start)).isEqualTo(SECOND * 4 / 10);
      assertThat(bucket.nanosToFull(start + SECOND)).isZero();
    }
  }

  @Test
  void theLargestBucketsDoNotOverflow() {
    for (long start : STARTS) {
      TokenBucket slow = new TokenBucket(1, 1_000_000);
      assertThat(slow.take(1_000_000, start)).isZero();
      assertThat(slow.take(1, start)).isEqualTo(SECOND);
      TokenBucket fast = new TokenBucket(1_000_000, 1_000_000);
      assertThat(fast.take(40_000_000, start)).isZero();
      assertThat(fast.take(1, start)).isEqualTo(39 * SECOND + 1_000);
    }
  }

  @Test
  void manyThreadsTakeExactlyWhatIsThere() throws Exception {
    int threads = 4;
    for (int round = 0; round < 50; round++) {
      TokenBucket bucket = new TokenBucket(1, 10_000);
      try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          counts.add(pool.submit((Callable<Integer>) () -> takenAndPutBack(bucket)));
        }
        int sum = 0;
        for (Future<Integer> count : counts) {
          sum += count.get(30, TimeUnit.SECONDS);
        }
        assertThat(sum + bucket.remaining(0)).isEqualTo(10_000);
      }
    }
  }

  /** Every third is put back. */
  private static int takenAndPutBack(TokenBucket bucket) {
    int taken = 0;
    for (int i = 0; i < 3_000; i++) {
      if (bucket.take(1, 0) == 0) {
        taken++;
        if (i % 3 == 0) {
          bucket.putBack(1);
          taken--;
        }
      }
    }
    return taken;
  }

  private static int taken(TokenBucket bucket, long now, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += bucket.take(1, now) == 0 ? 1 : 0;
    }
    return taken;
  }
}
