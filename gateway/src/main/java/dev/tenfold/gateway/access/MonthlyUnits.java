package dev.tenfold.gateway.access;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The compute units that an account has used in the calendar month, in UTC. Thread-safe and
 * lock-free; allocates once a month.
 *
 * <p>A clock that is set back does not give units back: the month never goes back.
 */
final class MonthlyUnits {
  private static final YearMonth FIRST = YearMonth.of(1970, 1);
  private static final int UNIT_BITS = 50;
  private static final long UNITS = (1L << UNIT_BITS) - 1;

  private final InstantSource clock;

  /** The number of the month, and below it the units: replaced together. */
  private final AtomicLong used = new AtomicLong();

  private volatile Month month;

  private record Month(long number, long endMillis) {
    static Month of(long millis) {
      YearMonth month = YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
      Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Month(FIRST.until(month, ChronoUnit.MONTHS), end.toEpochMilli());
    }
  }

  MonthlyUnits(InstantSource clock) {
    this.clock = clock;
    month = Month.of(clock.millis());
    used.set(month.number << UNIT_BITS);
  }

  /**
   * Takes units.
   *
   * @return 0 if they are within the limit; else the nanoseconds until the next month, and none was
   *     taken
   */
  long take(int cost, long limit) {
    long nowMillis = clock.millis();
    Month current = month(nowMillis);
    long none = current.number << UNIT_BITS;
    while (true) {
      long before = used.get();
      long at = Math.max(before, none);
      if ((at & UNITS) + cost > limit) {
        return TimeUnit.MILLISECONDS.toNanos(Math.max(1, current.endMillis - nowMillis));
      }
      if (used.compareAndSet(before, at + cost)) {
        return 0;
      }
    }
  }

  private Month month(long nowMillis) {
    Month current = month;
    if (nowMillis >= current.endMillis) {
      current = Month.of(nowMillis);
      month = current;
    }
    return current;
  }

  /** Adds what was used before this process, or by others, in the month that has this instant. */
  void add(Instant at, long units) {
    long number = Month.of(at.toEpochMilli()).number;
    used.updateAndGet(now -> now >>> UNIT_BITS == number ? now + units : now);
  }
}
