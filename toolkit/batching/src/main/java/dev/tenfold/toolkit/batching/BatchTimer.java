package dev.tenfold.toolkit.batching;

/** The time that a {@link BatchWriter} goes by. Safe for any number of threads. */
public interface BatchTimer {

  /** Nanoseconds, of which only differences matter; never goes back. */
  long nanoTime();

  /**
   * Has a task run once, when the time has come, on any thread but never within this call. Must not
   * block. The task takes no longer than the writer's executor takes to accept a task.
   *
   * @param delayNanos from now on; not negative
   * @return what cancels the task, if it has not begun; it may be run more than once, and later
   */
  Runnable schedule(Runnable task, long delayNanos);
}
