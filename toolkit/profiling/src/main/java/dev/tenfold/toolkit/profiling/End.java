package dev.tenfold.toolkit.profiling;

import java.time.Duration;

/** The end of what takes a while: its time is over, or nobody waits for the result any more. */
interface End {
  /** Longer than anything here takes. */
  Duration LONG = Duration.ofDays(1);

  /** Blocks until the end, but not longer than that; true if it is the end. */
  boolean await(Duration atMost) throws InterruptedException;

  /** Puts the end off, so that the time begins now. */
  void beginNow();

  /** False if nobody waits for the result any more. */
  boolean isWanted();

  /** Blocks until the end; false if nobody waits for the result any more. */
  default boolean await() throws InterruptedException {
    while (!await(LONG)) {
      // not yet
    }
    return isWanted();
  }
}
