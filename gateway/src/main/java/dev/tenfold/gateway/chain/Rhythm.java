package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHeader;
import java.time.Duration;

/**
 * When to ask for the head again: seldom right after a block, often when the next one is due.
 * Confined to the tracker's event loop.
 */
final class Rhythm {
  /** Where no block is due. */
  static final Duration SPARSE = Duration.ofMillis(800);

  /** Where the next block is due. */
  static final Duration DENSE = Duration.ofMillis(250);

  /** Where it is not known how often blocks come. */
  static final Duration UNSURE = Duration.ofMillis(500);

  /** Where nobody asks for the chain. */
  static final Duration IDLE = Duration.ofSeconds(10);

  /*
   * 1. The interval between blocks is the mean of the newest BLOCKS time stamps of the window.
   * 2. Blocks are also seen to arrive. Where they come more than twice as fast as the time stamps
   *    say (which may stand still, or be invented), the arrivals are believed.
   * 3. The next block is due from 0.8 intervals after the last one was seen, and overdue from 2.
   * No delay is longer than SPARSE, so that a new head is seen within a second.
   */
  private static final int BLOCKS = 64;
  private static final int FEWEST = 4;
  private static final double NEWEST_WEIGHT = 0.2;
  private static final double DUE = 0.8;
  private static final double OVERDUE = 2;

  private double stampedNanos;
  private double arrivalNanos;
  private int arrivals;
  private long lastNanos;
  private long lastNumber = -1;

  /** The head is a new one. */
  void arrived(Window window, long nowNanos) {
    long number = window.headNumber();
    if (number == lastNumber + 1) {
      double gap = nowNanos - lastNanos;
      arrivalNanos = arrivals == 0 ? gap : arrivalNanos + NEWEST_WEIGHT * (gap - arrivalNanos);
      arrivals++;
    }
    lastNanos = nowNanos;
    lastNumber = number;
    learn(window);
  }

  /** Older blocks became known, and with them their time stamps. */
  void learn(Window window) {
    BlockHeader head = window.head();
    int blocks = Math.min(BLOCKS, window.size() - 1);
    BlockHeader before = window.block(window.headNumber() - blocks);
    if (head != null && before != null && blocks >= FEWEST) {
      stampedNanos = Math.max(0, head.timestamp() - before.timestamp()) * 1e9 / blocks;
    }
  }

  /** How long to wait before the next question. */
  Duration delay(long nowNanos) {
    double interval = intervalNanos();
    if (interval == 0) {
      return UNSURE;
    }
    double since = nowNanos - lastNanos;
    if (since >= OVERDUE * interval) {
      return SPARSE;
    }
    long untilDue = (long) (DUE * interval - since);
    return Duration.ofNanos(Math.clamp(untilDue, DENSE.toNanos(), SPARSE.toNanos()));
  }

  /** The mean time between two blocks; 0 where it is not known. */
  double intervalNanos() {
    boolean seen = arrivals >= FEWEST;
    return seen && (stampedNanos == 0 || arrivalNanos * 2 < stampedNanos)
        ? arrivalNanos
        : stampedNanos;
  }
}
