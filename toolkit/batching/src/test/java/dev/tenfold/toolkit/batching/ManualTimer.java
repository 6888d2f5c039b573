package dev.tenfold.toolkit.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time that stands until a test moves it; what is due then runs on the thread of the test. */
final class ManualTimer implements BatchTimer {

  private record Task(long atNanos, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1_000; // a clock may wrap

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Runnable schedule(Runnable action, long delayNanos) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("negative: " + delayNanos);
    }
    var task = new Task(now + delayNanos, action);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  synchronized int scheduled() {
    return tasks.size();
  }

  /** How long it is to the first task that is scheduled. */
  synchronized Duration toNext() {
    return Duration.ofNanos(first().atNanos() - now);
  }

  private Task first() {
    return tasks.stream().min(Comparator.comparingLong(task -> task.atNanos() - now)).orElseThrow();
  }

  /** Lets time pass, and runs what is due on the way, one after the other. */
  void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    for (Runnable due = next(end); due != null; due = next(end)) {
      due.run();
    }
  }

  private synchronized @Nullable Runnable next(long end) {
    if (tasks.isEmpty() || first().atNanos() - end > 0) {
      now = end;
      return null;
    }
    Task task = first();
    tasks.remove(task);
    if (task.atNanos() - now > 0) {
      now = task.atNanos();
    }
    return task.action();
  }
}
