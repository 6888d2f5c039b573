package dev.tenfold.gateway.accounts;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is to happen; the limit is the test's {@code @Timeout}. */
final class Waiting {
  private Waiting() {}

  /** Waits until it is so, and gives the time that it took in nanoseconds. */
  static long until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new IllegalStateException("it has not happened within the test's limit");
      }
      LockSupport.parkNanos(1_000_000);
    }
    return System.nanoTime() - start;
  }
}
