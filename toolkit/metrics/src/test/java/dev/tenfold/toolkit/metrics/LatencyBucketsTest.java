package dev.tenfold.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {

  @Test
  void theMiddleOfEachBucketIsInItAndMiddlesRise() {
    for (int i = 0; i < LatencyBuckets.COUNT; i++) {
      assertThat(LatencyBuckets.index(LatencyBuckets.middle(i))).isEqualTo(i);
      assertThat(i == 0 || LatencyBuckets.middle(i) > LatencyBuckets.middle(i - 1)).isTrue();
    }
  }

  @Test
  void bucketsFollowEachOtherWithoutAGap() {
    int last = 0;
    for (long nanos = 0; nanos < 1 << 20; nanos++) {
      int index = LatencyBuckets.index(nanos);
      assertThat(index == last || index == last + 1).isTrue();
      last = index;
    }
  }

  @Test
  void theMiddleIsWithinOne64thOfEveryValueUpTo137Seconds() {
    var random = new Random(3);
    for (int i = 0; i < 1_000_000; i++) {
      long nanos = random.nextLong(1L << (1 + random.nextInt(37)));
      long middle = LatencyBuckets.middle(LatencyBuckets.index(nanos));
      assertThat(Math.abs(middle - nanos) * 64 <= nanos).as("%d as %d", nanos, middle).isTrue();
    }
  }

  @Test
  void whatIsOutOfRangeIsClamped() {
    assertThat(LatencyBuckets.index(-1)).isZero();
    assertThat(LatencyBuckets.index(Long.MIN_VALUE)).isZero();
    assertThat(LatencyBuckets.index((1L << 37) - 1)).isEqualTo(LatencyBuckets.COUNT - 1);
    assertThat(LatencyBuckets.index(1L << 37)).isEqualTo(LatencyBuckets.COUNT - 1);
    assertThat(LatencyBuckets.index(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
  }
}
