package dev.tenfold.gateway.chain;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop and its clock, driven by hand. */
final class HandTicker implements Ticker {
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
  private long nanos;
  private long order;

  private record Due(long nanos, long order, Runnable action) {}

  long nanos() {
    return nanos;
  }

  @Override
  public void run(Runnable action) {
    action.run();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Due timer = new Due(nanos + delay.toNanos(), order++, action);
    due.add(timer);
    return () -> due.remove(timer);
  }

  /** Lets time pass, and runs what is due on the way. */
  void advance(Duration time) {
    long end = nanos + time.toNanos();
    while (!due.isEmpty() && due.peek().nanos() <= end) {
      Due next = due.poll();
      nanos = Math.max(nanos, next.nanos());
      next.action().run();
    }
    nanos = end;
  }

  /** Lets time pass in which nothing runs, as when the process is stopped. */
  void freeze(Duration time) {
    nanos += time.toNanos();
  }

  /** How many actions wait for their time. */
  int waiting() {
    return due.size();
  }
}
