package dev.tenfold.gateway.rpc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The bytes that are held for all calls under way together: bodies, answers, replies that wait for
 * slow readers. Bounded by {@code limits.in-flight}: who wants to hold more is refused and holds
 * nothing, and nobody else suffers. Thread-safe, without a lock.
 *
 * <p>What is taken is given back exactly once; who takes sees to that. Small things are not counted
 * (see the callers), so a usual call costs nothing here.
 */
public final class InFlight {
  private final long limitBytes;
  private final AtomicLong held = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  /** Nothing is held yet. */
  public InFlight(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Holds so many bytes more; false if that would be too much, and nothing was taken. */
  public boolean take(long bytes) {
    if (held.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    held.addAndGet(-bytes);
    refused.increment();
    return false;
  }

  /** So many bytes are not held any more. */
  public void give(long bytes) {
    held.addAndGet(-bytes);
  }

  /** How many bytes are held now. */
  public long heldBytes() {
    return held.get();
  }

  /** How often somebody was refused. */
  public long refused() {
    return refused.sum();
  }
}
