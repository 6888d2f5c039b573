package dev.tenfold.gateway.access;

import dev.tenfold.gateway.rpc.Account.RateLimit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds one account to its {@link Limits}. Thread-safe and lock-free; exact within this process:
 * what one limit refuses is taken from none.
 */
final class Limiter {
  private final Limits limits;
  private final @Nullable TokenBucket calls;
  private final @Nullable TokenBucket units;
  private final MonthlyUnits month;
  private final AtomicInteger underWay = new AtomicInteger();
  private final LongSupplier nanoClock;
  private final String policy;

  /** Which limit refused, and after how many nanoseconds it would not. */
  record Refusal(String limit, long waitNanos) {}

  Limiter(Limits limits, MonthlyUnits month, LongSupplier nanoClock) {
    this.limits = limits;
    this.month = month;
    this.nanoClock = nanoClock;
    calls = limits.rate() == 0 ? null : new TokenBucket(limits.rate(), limits.burst());
    units = limits.units() == 0 ? null : new TokenBucket(limits.units(), limits.unitsBurst());
    policy = calls == null ? "" : policy(calls);
  }

  private static String policy(TokenBucket bucket) {
    int seconds = Math.ceilDiv(bucket.capacity(), bucket.rate());
    return RateLimit.NAME + ";q=" + bucket.capacity() + ";w=" + seconds;
  }

  Limits limits() {
    return limits;
  }

  MonthlyUnits month() {
    return month;
  }

  /** Takes one call that is under way until {@link #ended}; null if it is within all limits. */
  @Nullable Refusal take(int cost) {
    if (!begin()) {
      return tooManyAtOnce();
    }
    Refusal refusal = take(1, cost);
    if (refusal != null) {
      ended();
    }
    return refusal;
  }

  /** One after the other: who finds no permit has not held one meanwhile that another missed. */
  private boolean begin() {
    if (limits.concurrency() == 0) {
      return true;
    }
    int before = underWay.get();
    while (before < limits.concurrency()) {
      if (underWay.compareAndSet(before, before + 1)) {
        return true;
      }
      before = underWay.get();
    }
    return false;
  }

  private Refusal tooManyAtOnce() {
    return new Refusal(limits.concurrency() + " calls at once", 0);
  }

  void ended() {
    if (limits.concurrency() > 0) {
      underWay.decrementAndGet();
    }
  }

  /**
   * Takes calls that are answered in the same moment, all or none. Refuses more where one by one
   * some would be refused: only a single call may cost more than a whole bucket.
   */
  @Nullable Refusal takeHits(int count, int cost) {
    if (limits.concurrency() > 0 && underWay.get() >= limits.concurrency()) {
      return tooManyAtOnce();
    }
    if (calls != null && count > calls.capacity()) {
      return new Refusal(limits.rate() + " calls a second", 0);
    }
    if (units != null && count > 1 && cost > units.capacity()) {
      return new Refusal(limits.units() + " compute units a second", 0);
    }
    return take(count, cost);
  }

  private @Nullable Refusal take(int count, int cost) {
    if (calls == null && units == null && limits.monthlyUnits() == 0) {
      return null;
    }
    long nowNanos = nanoClock.getAsLong();
    long wait = calls == null ? 0 : calls.take(count, nowNanos);
    if (wait > 0) {
      return new Refusal(limits.rate() + " calls a second", wait);
    }
    wait = units == null || cost == 0 ? 0 : units.take(cost, nowNanos);
    if (wait > 0) {
      putBack(count, 0);
      return new Refusal(limits.units() + " compute units a second", wait);
    }
    wait = limits.monthlyUnits() == 0 ? 0 : month.take(cost, limits.monthlyUnits());
    if (wait > 0) {
      putBack(count, cost);
      return new Refusal(limits.monthlyUnits() + " compute units a month", wait);
    }
    return null;
  }

  private void putBack(int count, int cost) {
    if (calls != null) {
      calls.putBack(count);
    }
    if (units != null && cost > 0) {
      units.putBack(cost);
    }
  }

  @Nullable RateLimit rateLimit() {
    TokenBucket bucket = calls;
    if (bucket == null) {
      return null;
    }
    long nowNanos = nanoClock.getAsLong();
    long toFull = bucket.nanosToFull(nowNanos);
    long seconds = Math.ceilDiv(toFull, TimeUnit.SECONDS.toNanos(1));
    return new RateLimit(policy, bucket.remaining(nowNanos), seconds);
  }
}
