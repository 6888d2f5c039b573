package dev.tenfold.toolkit.batching;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the batches of a writer need to get to their end, and the calls of what others wrote. None
 * of these throws, whatever they throw.
 */
record Settings<T>(
    BatchSink<T> sink,
    Predicate<Throwable> retryable,
    RejectionListener<T> listener,
    Backoff backoff,
    int concurrency,
    Executor executor,
    BatchTimer timer,
    RandomGenerator random) {

  private static final System.Logger LOG = System.getLogger("dev.tenfold.toolkit.batching");

  /** Writes a batch; what the sink threw, or null. */
  @Nullable Throwable write(List<T> items) {
    try {
      sink.write(items);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  boolean isRetryable(Throwable failure) {
    if (failure instanceof InterruptedException) {
      return true; // it says nothing about the items
    }
    try {
      return retryable.test(failure);
    } catch (Throwable thrown) {
      log("retryable failed, which counts as no", thrown);
      return false;
    }
  }

  void tell(T item, Throwable cause) {
    try {
      listener.rejected(item, cause);
    } catch (Throwable thrown) {
      log("the listener failed", thrown);
    }
  }

  int tries() {
    return backoff.tries();
  }

  /** How long to wait after so many failures. Under the lock, which guards the random numbers. */
  long delayNanos(int failures) {
    return backoff.delayNanos(failures, random);
  }

  static void log(String what, Throwable cause) {
    try {
      LOG.log(Level.WARNING, what, cause);
    } catch (Throwable thrown) { // a log that fails, or no memory for it: nowhere left to tell
    }
  }
}
