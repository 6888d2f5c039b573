package dev.tenfold.gateway.chain;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** One event loop, and its clock: runs what it is given, never two at a time. */
public interface Ticker {
  /** Runs the action soon. May be called from any thread. */
  void run(Runnable action);

  /** Runs the action once, so much later. To be called on the loop. */
  Timer after(Duration delay, Runnable action);

  /** An action that is to run later. */
  @FunctionalInterface
  interface Timer {
    /** It shall not run. No effect if it has. To be called on the loop. */
    void cancel();
  }

  /** A ticker on an event loop of Vert.x. */
  static Ticker on(Vertx vertx) {
    return new OnLoop(vertx, vertx.getOrCreateContext());
  }

  /** Ticks on one event loop. */
  record OnLoop(Vertx vertx, Context loop) implements Ticker {
    @Override
    public void run(Runnable action) {
      loop.runOnContext(turn -> action.run());
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
      long timer = vertx.setTimer(delay.toMillis(), fired -> action.run());
      return () -> vertx.cancelTimer(timer);
    }
  }
}
