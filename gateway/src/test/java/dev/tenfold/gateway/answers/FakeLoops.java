package dev.tenfold.gateway.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One loop that is the test's own thread, with a clock that the test moves. */
final class FakeLoops implements Supplier<Loop>, Loop, LongSupplier {
  private final List<Timer> timers = new ArrayList<>();
  private long now = 1_000;

  private record Timer(long due, Runnable action) {}

  @Override
  public Loop get() {
    return this;
  }

  @Override
  public long getAsLong() {
    return now;
  }

  @Override
  public void run(Runnable action) {
    action.run();
  }

  @Override
  public Runnable after(long nanos, Runnable action) {
    Timer timer = new Timer(now + nanos, action);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  void advance(long nanos) {
    now += nanos;
    for (Timer timer : List.copyOf(timers)) {
      if (timer.due <= now && timers.remove(timer)) {
        timer.action.run();
      }
    }
  }

  int timersSet() {
    return timers.size();
  }
}
