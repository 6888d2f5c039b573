package dev.tenfold.gateway.answers;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The event loop of one caller: all that is done for the caller is done there. */
interface Loop {

  /** Runs an action on the loop: now if this is the loop's thread, else soon. */
  void run(Runnable action);

  /**
   * Runs an action on the loop when a time is over. Called on the loop.
   *
   * @return calls it off; does nothing once it ran; to be called on the loop
   */
  Runnable after(long nanos, Runnable action);

  /** Gives the loop of whoever asks. */
  static Supplier<Loop> of(Vertx vertx) {
    VertxInternal internal = (VertxInternal) vertx;
    return () -> new VertxLoop(internal.getOrCreateContext(), Thread.currentThread());
  }

  /** A loop of Vert.x, and its thread, which never changes. */
  record VertxLoop(ContextInternal context, Thread thread) implements Loop {
    @Override
    public void run(Runnable action) {
      if (Thread.currentThread() == thread) {
        action.run();
      } else {
        context.runOnContext(ignored -> action.run());
      }
    }

    /**
     * Past the timers of Vert.x, which file each one in a map of all loops: there is one a miss.
     */
    @Override
    public Runnable after(long nanos, Runnable action) {
      Future<?> timer =
          context
              .nettyEventLoop()
              .schedule(() -> context.dispatch(action), nanos, TimeUnit.NANOSECONDS);
      return () -> timer.cancel(false);
    }
  }
}
