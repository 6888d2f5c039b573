package dev.tenfold.toolkit.pool;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An action on a thread of its own, of which a test waits until it blocks, or is over. */
record OnItsOwn(Thread thread, CompletableFuture<@Nullable Throwable> ending) {

  interface Action {
    void run() throws Exception;
  }

  static OnItsOwn start(Action action) {
    var ending = new CompletableFuture<@Nullable Throwable>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    action.run();
                    ending.complete(null);
                  } catch (Throwable thrown) {
                    ending.complete(thrown);
                  }
                });
    return new OnItsOwn(thread, ending);
  }

  /** Waits until the thread waits for something. */
  void awaitBlocked() {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      if (ending.isDone()) {
        throw new AssertionError("it ended, and did not wait: " + ending.join());
      }
      Thread.onSpinWait();
    }
  }

  /** Waits for the end; what the action threw, or null. */
  @Nullable Throwable outcome() {
    return ending.join();
  }
}
