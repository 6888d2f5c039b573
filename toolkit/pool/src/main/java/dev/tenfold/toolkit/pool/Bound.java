package dev.tenfold.toolkit.pool;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds the number of a pool's objects to a limit, idle and in use together.
 *
 * <p>Who takes an object needs a permit before, and gives it back after the object is on a stack or
 * gone. So whoever has a permit and no object, while there are as many objects as there may be,
 * finds one: all others have one each at most, which leaves one that is idle, or about to go.
 */
final class Bound {

  private final int limit;
  private final Semaphore permits;
  private final AtomicInteger objects = new AtomicInteger();

  Bound(int limit) {
    this.limit = limit;
    permits = new Semaphore(limit);
  }

  int limit() {
    return limit;
  }

  boolean tryEnter() {
    return permits.tryAcquire();
  }

  boolean tryEnter(long timeoutNanos) throws InterruptedException {
    return permits.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  void leave() {
    permits.release();
  }

  /** For who has a permit: whether one more object may be made. */
  boolean tryAdd() {
    int count = objects.get();
    while (count < limit) {
      int seen = objects.compareAndExchange(count, count + 1);
      if (seen == count) {
        return true;
      }
      count = seen;
    }
    return false;
  }

  /** An object is gone, or was not made after all. */
  void remove() {
    objects.decrementAndGet();
  }
}
