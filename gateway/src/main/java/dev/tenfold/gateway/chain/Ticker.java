package dev.tenfold.gateway.chain;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs something again and again; tests drive it by hand. */
@FunctionalInterface
public interface Ticker {
  /**
   * Runs the action at once and then every period, never two at a time, until the answer is run.
   */
  Runnable every(Duration period, Runnable action);

  /** A ticker whose actions all run on one event loop for each call of {@link #every}. */
  static Ticker on(Vertx vertx) {
    return (period, action) -> {
      long timer = vertx.setPeriodic(1, period.toMillis(), id -> action.run());
      return () -> vertx.cancelTimer(timer);
    };
  }
}
