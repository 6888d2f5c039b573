package dev.tenfold.gateway.access;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket: so many at once, refilled at a constant rate. Exact: no two threads ever take the
 * same token. Thread-safe and lock-free; one compare-and-set for each take.
 *
 * <p>1. What is kept is one number, the moment at which the bucket will be full again (the
 * theoretical arrival time of the generic cell rate algorithm, ITU-T I.371). 2. Taking n moves that
 * moment by n intervals; it may not lie more than a whole bucket in the future. 3. What costs more
 * than a whole bucket is let through when the bucket is full, and leaves a debt.
 */
final class TokenBucket {
  private final long intervalNanos;
  private final long capacityNanos;
  private final int capacity;
  private final int rate;
  private final AtomicLong fullAtNanos = new AtomicLong(Long.MIN_VALUE);

  /**
   * A full bucket.
   *
   * @param rate tokens a second, from 1 to 1,000,000; rounded to whole nanoseconds for each
   * @param capacity tokens at once, at least 1
   */
  TokenBucket(int rate, int capacity) {
    this.rate = rate;
    this.capacity = capacity;
    intervalNanos = Math.round((double) TimeUnit.SECONDS.toNanos(1) / rate);
    capacityNanos = intervalNanos * capacity;
  }

  /**
   * Takes tokens.
   *
   * @return 0 if they were there; else after how many nanoseconds they would be, and none was taken
   */
  long take(int tokens, long nowNanos) {
    while (true) {
      long before = fullAtNanos.get();
      long from = from(before, nowNanos);
      long after = from + tokens * intervalNanos;
      long missing = after - nowNanos - capacityNanos;
      if (missing > 0 && from != nowNanos) {
        return tokens > capacity ? from - nowNanos : missing;
      }
      if (fullAtNanos.compareAndSet(before, after)) {
        return 0;
      }
    }
  }

  /** Puts back what was taken for something that another limit refused. */
  void putBack(int tokens) {
    fullAtNanos.addAndGet(-tokens * intervalNanos);
  }

  /** The tokens that could be taken now. */
  long remaining(long nowNanos) {
    long used = from(fullAtNanos.get(), nowNanos) - nowNanos;
    return Math.max(0, (capacityNanos - used) / intervalNanos);
  }

  /** Until it is full again. */
  long nanosToFull(long nowNanos) {
    return from(fullAtNanos.get(), nowNanos) - nowNanos;
  }

  int capacity() {
    return capacity;
  }

  int rate() {
    return rate;
  }

  private static long from(long fullAtNanos, long nowNanos) {
    return fullAtNanos == Long.MIN_VALUE || fullAtNanos - nowNanos < 0 ? nowNanos : fullAtNanos;
  }
}
