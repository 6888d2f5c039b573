package dev.tenfold.simnode;

import java.time.Duration;

/** How long answers take: a base, and a seeded part of the jitter on top. Thread-safe. */
final class Latency {
  private final Dice dice;
  private Duration base;
  private Duration jitter;

  Latency(long seed, Duration base, Duration jitter) {
    this.dice = new Dice(seed, 0x6c61);
    this.base = base;
    this.jitter = jitter;
  }

  synchronized void set(Duration newBase, Duration newJitter) {
    base = newBase;
    jitter = newJitter;
  }

  synchronized Duration next() {
    if (jitter.isZero()) {
      return base;
    }
    return base.plusNanos((long) (jitter.toNanos() * dice.fraction()));
  }
}
