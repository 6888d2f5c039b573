package dev.tenfold.gateway.chain;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs something again and again; tests drive it by hand. */
@FunctionalInterface
public interface Ticker {
  /** Runs the action at once and then every period, never two at a time, until it is stopped. */
  Ticking every(Duration period, Runnable action);

  /** What runs again and again. May be told from any thread. */
  interface Ticking {
    /** Runs something else in between, never at the same time. */
    void run(Runnable action);

    void stop();
  }

  /** A ticker whose actions all run on one event loop for each call of {@link #every}. */
  static Ticker on(Vertx vertx) {
    return (period, action) -> new LoopTicking(vertx, period, action);
  }

  /** Ticks on one event loop. */
  final class LoopTicking implements Ticking {
    private final Vertx vertx;
    private final Context loop;
    private final long timer;

    private LoopTicking(Vertx vertx, Duration period, Runnable action) {
      this.vertx = vertx;
      loop = vertx.getOrCreateContext();
      timer = vertx.setPeriodic(period.toMillis(), id -> run(action));
      run(action);
    }

    @Override
    public void run(Runnable action) {
      loop.runOnContext(turn -> action.run());
    }

    @Override
    public void stop() {
      vertx.cancelTimer(timer);
    }
  }
}
