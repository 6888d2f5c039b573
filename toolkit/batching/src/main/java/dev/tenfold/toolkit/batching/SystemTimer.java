package dev.tenfold.toolkit.batching;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of the system, and a daemon thread that is started with the first task. */
final class SystemTimer implements BatchTimer, AutoCloseable {

  private final ScheduledThreadPoolExecutor thread;

  SystemTimer() {
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("batch-timer").factory());
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    Future<?> scheduled = thread.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
