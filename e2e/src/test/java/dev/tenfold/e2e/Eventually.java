package dev.tenfold.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what another process does, by asking again and again until a deadline. */
final class Eventually {
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private Eventually() {}

  /** A question that may fail while its time has not come. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns the time that it took; fails with the last cause when the time is over. */
  static Duration until(String what, Duration patience, Condition condition) {
    return until(() -> what, patience, condition);
  }

  static Duration until(Supplier<String> what, Duration patience, Condition condition) {
    long start = System.nanoTime();
    AssertionError failure = new AssertionError("not in " + patience.toMillis() + " ms: ");
    while (true) {
      Exception cause = null;
      try {
        if (condition.holds()) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
      } catch (Exception e) {
        cause = e;
      }
      if (System.nanoTime() - start > patience.toNanos()) {
        failure = new AssertionError(failure.getMessage() + what.get(), cause);
        throw failure;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
