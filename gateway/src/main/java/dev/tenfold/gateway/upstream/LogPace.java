package dev.tenfold.gateway.upstream;

import java.time.Duration;

/**
 * Keeps one kind of log line from flooding the log: it is due once in {@link #QUIET}. Not
 * thread-safe.
 */
public final class LogPace {
  /** So long nothing is said twice. */
  public static final Duration QUIET = Duration.ofSeconds(10);

  private boolean begun;
  private long lastNanos;
  private int unsaid;

  /** Whether the line may be written now; if not, it is counted. */
  public boolean isDue(long nowNanos) {
    if (begun && nowNanos - lastNanos < QUIET.toNanos()) {
      unsaid++;
      return false;
    }
    begun = true;
    lastNanos = nowNanos;
    return true;
  }

  /** What to add to a line that is due, so that those that were not written are told of. */
  public String others() {
    String others = unsaid == 0 ? "" : ", and " + unsaid + " times more since this was last said";
    unsaid = 0;
    return others;
  }
}
