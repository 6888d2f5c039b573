package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How well one node is: a state machine that is told how attempts ended. What an ending says of the
 * node stands in {@link dev.tenfold.gateway.rpc.FailureTable}, not here.
 *
 * <p>Thread-safe. Readers read volatile fields; those who report take a lock for a few
 * instructions.
 */
final class NodeHealth {
  /** So many silent attempts in a row, and the node is asked by a probe only. */
  static final int SILENT_LIMIT = 2;

  /** So many other marks in a row, and the same. */
  static final int MARK_LIMIT = 3;

  private static final double NEWEST_WEIGHT = 0.2;
  private static final long CALLS_COUNT_FOR_NANOS = Duration.ofSeconds(10).toNanos();

  /** Who attempted: a caller's call, or our own poll. */
  enum Asker {
    CALL,
    PROBE
  }

  /*
   * Marks of calls and of probes are counted apart: a node that answers the small call of a probe
   * but not those of callers would otherwise lose its marks twice a second. A probe that succeeds
   * brings back a node that is out, and with that all is forgiven.
   */
  private final Marks callMarks = new Marks();
  private final Marks probeMarks = new Marks();
  private final LongSupplier nanos;

  private volatile boolean out;
  private volatile boolean checked;
  private volatile boolean wrongChain;
  private volatile long restUntilNanos;
  private volatile long lastSuccessNanos;
  private volatile long lastCallNanos;
  private volatile double callLatencyNanos;
  private volatile double probeLatencyNanos;

  NodeHealth(LongSupplier nanos) {
    this.nanos = nanos;
    long now = nanos.getAsLong();
    this.restUntilNanos = now;
    this.lastSuccessNanos = now;
    this.lastCallNanos = now - CALLS_COUNT_FOR_NANOS;
  }

  /** The node may be given callers' calls. */
  boolean isWell() {
    return checked && !out && !wrongChain && !isResting();
  }

  /** The node failed so often, or so badly, that it is asked by a probe only. */
  boolean isOut() {
    return out;
  }

  /** The chain of the node has been checked since it last failed. */
  boolean isChecked() {
    return checked;
  }

  /** The node was found to be of another chain. */
  boolean isOfWrongChain() {
    return wrongChain;
  }

  /** The node asked to be left alone, and that time is not over. */
  boolean isResting() {
    return restUntilNanos - nanos.getAsLong() > 0;
  }

  /** How long the node is still to be left alone; zero if it is not. */
  Duration rest() {
    return Duration.ofNanos(Math.max(0, restUntilNanos - nanos.getAsLong()));
  }

  /** When the node last answered, on the clock given. */
  long lastSuccessNanos() {
    return lastSuccessNanos;
  }

  /**
   * How long the node took of late, a moving average: over callers' calls where there was one in
   * the last ten seconds, else over our own polls. Zero before the first answer.
   */
  double latencyNanos() {
    boolean calledOfLate = nanos.getAsLong() - lastCallNanos < CALLS_COUNT_FOR_NANOS;
    return calledOfLate ? callLatencyNanos : probeLatencyNanos;
  }

  /** The node's chain is the right one, or is not. */
  synchronized void checked(boolean right) {
    checked = true;
    wrongChain = !right;
  }

  /**
   * An attempt brought an answer.
   *
   * @return true if the node was out, and is back by this
   */
  synchronized boolean answered(Asker asker, long tookNanos) {
    took(asker, tookNanos);
    lastSuccessNanos = nanos.getAsLong();
    probeMarks.clear();
    if (asker == Asker.CALL || out) {
      callMarks.clear();
    }
    boolean back = out;
    out = false;
    return back;
  }

  /**
   * An attempt failed; {@code restSeconds} counts where the failure asks for rest.
   *
   * @return true if the node was not out, and is out by this
   */
  synchronized boolean failed(Asker asker, Failure failure, long tookNanos, int restSeconds) {
    boolean before = out;
    Marks marks = asker == Asker.CALL ? callMarks : probeMarks;
    switch (failure.row().blame()) {
      case NONE -> {}
      case REST -> rest(restSeconds);
      case OUT -> leave();
      case MARK -> {
        took(asker, tookNanos);
        if (marks.add(isSilence(failure))) {
          leave();
        }
      }
    }
    if (failure == Failure.NODE_BROKE_OFF) {
      checked = false;
    }
    return out && !before;
  }

  private static boolean isSilence(Failure failure) {
    return failure == Failure.NODE_SILENT || failure == Failure.NODE_NOT_ASKED_IN_TIME;
  }

  private void rest(int seconds) {
    long until = nanos.getAsLong() + Duration.ofSeconds(seconds).toNanos();
    if (until - restUntilNanos > 0) {
      restUntilNanos = until;
    }
  }

  private void leave() {
    out = true;
    checked = false;
  }

  private void took(Asker asker, long tookNanos) {
    if (asker == Asker.CALL) {
      boolean fresh = nanos.getAsLong() - lastCallNanos >= CALLS_COUNT_FOR_NANOS;
      callLatencyNanos = fresh ? tookNanos : average(callLatencyNanos, tookNanos);
      lastCallNanos = nanos.getAsLong();
    } else {
      probeLatencyNanos =
          probeLatencyNanos == 0 ? tookNanos : average(probeLatencyNanos, tookNanos);
    }
  }

  private static double average(double before, long newest) {
    return before + NEWEST_WEIGHT * (newest - before);
  }

  /** Failures in a row. */
  private static final class Marks {
    private int silent;
    private int all;

    boolean add(boolean isSilent) {
      silent = isSilent ? silent + 1 : 0;
      all++;
      return silent >= SILENT_LIMIT || all >= MARK_LIMIT;
    }

    void clear() {
      silent = 0;
      all = 0;
    }
  }
}
