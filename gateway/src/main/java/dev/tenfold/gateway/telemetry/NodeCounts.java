package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.Failure;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one node was asked: on behalf of callers, and by ourselves. Thread-safe, without a lock. */
public final class NodeCounts {
  private final String node;
  private final LongAdder calls = new LongAdder();
  private final LongAdder polls = new LongAdder();
  private final LongAdder failures = new LongAdder();

  public NodeCounts(String node) {
    this.node = node;
  }

  /** A caller's call went to the node, and came back or failed. */
  public void called(@Nullable Failure failure) {
    calls.increment();
    count(failure);
  }

  /** A call of our own did. */
  public void polled(@Nullable Failure failure) {
    polls.increment();
    count(failure);
  }

  private void count(@Nullable Failure failure) {
    if (failure != null && !failure.isAnswer()) {
      failures.increment();
    }
  }

  public String node() {
    return node;
  }

  public long calls() {
    return calls.sum();
  }

  public long polls() {
    return polls.sum();
  }

  /** Attempts of both kinds that brought no answer. */
  public long failures() {
    return failures.sum();
  }
}
