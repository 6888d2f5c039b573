package dev.tenfold.gateway.access;

import java.util.concurrent.atomic.LongAdder;

/** What was used by one key, on one chain, of one method. Sums only rise; thread-safe, no lock. */
final class UsageCell {
  private final LongAdder hits = new LongAdder();
  private final LongAdder passed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder units = new LongAdder();
  private final LongAdder savedUnits = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder passedNanos = new LongAdder();
  private final LongAdder savedNanos = new LongAdder();
  private volatile long averageNanos;

  /** Counts a hit; it saved as long as other calls took on average until now. */
  void hit(long replyBytes, int cost) {
    hits.increment();
    units.add(cost);
    savedUnits.add(cost);
    bytes.add(replyBytes);
    savedNanos.add(averageNanos);
  }

  void passed(long replyBytes, int cost, long nanos) {
    passed.increment();
    units.add(cost);
    bytes.add(replyBytes);
    passedNanos.add(nanos);
    averageNanos = passedNanos.sum() / Math.max(1, passed.sum());
  }

  void error() {
    errors.increment();
  }

  void refused() {
    refused.increment();
    errors.increment();
  }

  /** The sums now; read one after the other, so a call that ends meanwhile may be in some only. */
  UsageSums sums() {
    long hit = hits.sum();
    long calls = hit + passed.sum() + refused.sum();
    return new UsageSums(
        calls,
        hit,
        errors.sum(),
        units.sum(),
        bytes.sum(),
        savedUnits.sum(),
        savedNanos.sum() / 1000);
  }
}
