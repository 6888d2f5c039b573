package dev.tenfold.gateway.edge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something is so, or fails. */
final class Await {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private Await() {}

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come true in time");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
