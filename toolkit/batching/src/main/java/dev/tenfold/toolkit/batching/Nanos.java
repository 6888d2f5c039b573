package dev.tenfold.toolkit.batching;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

final class Nanos {

  private Nanos() {}

  /** Never more than half the range, so that sums with a clock's reading can be compared. */
  static long of(Duration time) {
    return Math.clamp(TimeUnit.NANOSECONDS.convert(time), Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
  }
}
