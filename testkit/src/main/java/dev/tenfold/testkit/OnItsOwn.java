package dev.tenfold.testkit;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An action on a thread of its own, of which a test waits until it blocks, or is over.
 *
 * @param thread a daemon
 * @param ending completes with what the action threw, or null
 */
public record OnItsOwn(Thread thread, CompletableFuture<@Nullable Throwable> ending) {

  /** What may throw anything. */
  public interface Action {
    /** Acts. */
    void run() throws Exception;
  }

  /** Runs an action. */
  public static OnItsOwn start(Action action) {
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

  /** Runs an action, and waits until it blocks. */
  public static OnItsOwn blocked(Action action) {
    OnItsOwn running = start(action);
    running.awaitBlocked();
    return running;
  }

  /** Waits until the thread waits for something, with or without a time limit. */
  public void awaitBlocked() {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      if (ending.isDone()) {
        throw new AssertionError("it ended, and did not wait: " + ending.join());
      }
      Thread.onSpinWait();
    }
  }

  /** Waits for the end; what the action threw, or null. */
  public @Nullable Throwable outcome() {
    return ending.join();
  }
}
