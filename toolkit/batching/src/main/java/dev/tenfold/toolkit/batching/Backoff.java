package dev.tenfold.toolkit.batching;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a write is tried, and how long to wait in between: exponential backoff with full
 * jitter, that is, a random time between zero and a bound that doubles with each failed try. Marc
 * Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015, compares it with others.
 *
 * @param tries how often the same items are written before they are given up, at least 1
 * @param first the bound of the first wait
 * @param longest where the bound stops to double, not less than {@code first}
 */
public record Backoff(int tries, Duration first, Duration longest) {

  /** Ten tries, with waits of up to 100 ms, 200 ms, and so on, up to 30 s: about 25 s together. */
  public static final Backoff DEFAULT =
      new Backoff(10, Duration.ofMillis(100), Duration.ofSeconds(30));

  public Backoff {
    if (tries < 1) {
      throw new IllegalArgumentException("tries must be at least 1, not " + tries);
    }
    if (!first.isPositive()) {
      throw new IllegalArgumentException("first must be positive, not " + first);
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "longest must be at least %s, not %s".formatted(first, longest));
    }
  }

  /** The wait after so many failed tries, from 1, in nanoseconds. */
  long delayNanos(int failedTries, RandomGenerator random) {
    long longestNanos = Nanos.of(longest);
    long bound = Nanos.of(first);
    for (int i = 1; i < failedTries && bound < longestNanos; i++) {
      bound = bound > longestNanos / 2 ? longestNanos : 2 * bound;
    }
    return random.nextLong(Math.min(bound, longestNanos) + 1);
  }
}
