package dev.tenfold.gateway.truth;

import dev.tenfold.gateway.chain.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** One thread's time, which passes when it is told to. What is due runs in order. */
final class HandClock implements Ticker, LongSupplier, InstantSource {
  private final Deque<Runnable> soon = new ArrayDeque<>();
  private final PriorityQueue<Due> later =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
  private long now = Duration.ofHours(1).toNanos();
  private long order;
  private boolean running;
  private Runnable afterEach = () -> {};

  private record Due(long nanos, long order, Runnable action) {}

  @Override
  public long getAsLong() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(now);
  }

  @Override
  public void run(Runnable action) {
    soon.add(action);
    runWhatIsDue();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Due due = new Due(now + delay.toNanos(), order++, action);
    later.add(due);
    return () -> later.remove(due);
  }

  /** What is to be done after each action. */
  void afterEach(Runnable action) {
    afterEach = action;
  }

  /** Lets time pass, step by step from timer to timer. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    runWhatIsDue();
    while (!later.isEmpty() && later.peek().nanos() <= end) {
      Due due = later.remove();
      now = Math.max(now, due.nanos());
      soon.add(due.action());
      runWhatIsDue();
    }
    now = end;
  }

  /** Not one within another: what runs may ask for more. */
  private void runWhatIsDue() {
    if (running) {
      return;
    }
    running = true;
    try {
      for (Runnable action = soon.poll(); action != null; action = soon.poll()) {
        action.run();
        afterEach.run();
      }
    } finally {
      running = false;
    }
  }
}
