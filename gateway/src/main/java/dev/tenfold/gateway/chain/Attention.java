package dev.tenfold.gateway.chain;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a chain is asked for, and whether what is known of it is of now. */
final class Attention {
  /** A chain that nobody asked for so long is idle. */
  static final Duration IDLE_AFTER = Duration.ofSeconds(60);

  /** What is known is of now for so long after the nodes were asked. */
  static final Duration FRESH_FOR = Duration.ofSeconds(2);

  private final AtomicBoolean touched = new AtomicBoolean(true);
  private volatile long freshUntilNanos;
  private long lastTouchedNanos;

  Attention(long nowNanos) {
    freshUntilNanos = nowNanos;
    lastTouchedNanos = nowNanos;
  }

  /** Somebody asks. From any thread; a plain read where that is known already. */
  void touch() {
    if (!touched.getOpaque()) {
      touched.setOpaque(true);
    }
  }

  /** True while what is known is of now. From any thread; one volatile read. */
  boolean isFresh(long nowNanos) {
    return freshUntilNanos - nowNanos > 0;
  }

  /** The nodes were asked just now. On the tracker's event loop. */
  void refreshed(long nowNanos) {
    freshUntilNanos = nowNanos + FRESH_FOR.toNanos();
  }

  /** From now on the nodes are asked seldom. On the tracker's event loop. */
  void fallsAsleep(long nowNanos) {
    freshUntilNanos = nowNanos;
  }

  /** True if nobody has asked for long. On the tracker's event loop. */
  boolean isIdle(long nowNanos) {
    if (touched.getAndSet(false)) {
      lastTouchedNanos = nowNanos;
    }
    return nowNanos - lastTouchedNanos >= IDLE_AFTER.toNanos();
  }
}
