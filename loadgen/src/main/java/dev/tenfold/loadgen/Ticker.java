package dev.tenfold.loadgen;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Tells each second how it goes. Not thread-safe. */
final class Ticker {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Consumer<LoadProgress> listener;
  private final Histogram latency = new Histogram(1, LoadPlan.LONGEST.toNanos(), 2);
  private final long startNanos;
  private long nextNanos;
  private long failed;

  Ticker(Consumer<LoadProgress> listener, long startNanos) {
    this.listener = listener;
    this.startNanos = startNanos;
    nextNanos = startNanos + SECOND_NANOS;
  }

  long nextNanos() {
    return nextNanos;
  }

  void good(long nanos) {
    latency.recordValue(Math.clamp(nanos, 0, LoadPlan.LONGEST.toNanos()));
  }

  void failed() {
    failed++;
  }

  void tick(long now, Schedule schedule) {
    if (now < nextNanos) {
      return;
    }
    listener.accept(
        new LoadProgress(
            Duration.ofNanos(now - startNanos),
            !schedule.counts(now),
            latency.getTotalCount(),
            failed,
            schedule.waiting(now),
            Latency.of(latency)));
    latency.reset();
    failed = 0;
    nextNanos += SECOND_NANOS * (1 + (now - nextNanos) / SECOND_NANOS);
  }
}
