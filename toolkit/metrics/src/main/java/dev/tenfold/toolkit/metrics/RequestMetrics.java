package dev.tenfold.toolkit.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Counts requests, errors and the requests under way, and keeps a histogram of their latencies.
 *
 * {@snippet file="dev/tenfold/toolkit/metrics/MetricsExampleTest.java" region="request"}
 *
 * {@snippet file="dev/tenfold/toolkit/metrics/MetricsExampleTest.java" region="figures"}
 *
 * <p>Latencies from 0 to 137 s are known to within 1.6%; longer ones count as 137 s.
 *
 * <p><b>Threads.</b> Safe for any number of threads, platform or virtual, and never blocks. The
 * counters are striped by thread, four stripes a processor, rounded up to a power of two and 128 at
 * most, so that threads rarely write to the same place. A request may finish on another thread than
 * it started on. No count is ever lost.
 *
 * <p><b>Cost.</b> A request is two readings of the clock and three atomic additions, four if it
 * failed; nothing is allocated. Each stripe takes 9 KB, and a snapshot 9 KB.
 */
public final class RequestMetrics {

  // The layout of a stripe. The ends are left empty so that two stripes share no cache line; the
  // counters that each request touches stand together.
  private static final int PADDING = 16;
  private static final int STARTED = PADDING;
  private static final int ERRORS = PADDING + 1;
  private static final int SUM_NANOS = PADDING + 2;
  private static final int BUCKETS = PADDING + 3;
  private static final int STRIPE_LENGTH = BUCKETS + LatencyBuckets.COUNT + PADDING;

  // With one a processor, eight threads on two processors took 2.7 times as long.
  private static final int STRIPES_A_PROCESSOR = 4;
  private static final int MOST_STRIPES = 128;

  private final AtomicLongArray[] stripes;
  private final LongSupplier clock;

  /** Metrics by the clock of the system. */
  public RequestMetrics() {
    this(System::nanoTime);
  }

  /** Metrics by a clock in nanoseconds, of which only differences matter. */
  public RequestMetrics(LongSupplier clock) {
    this.clock = clock;
    int wanted = STRIPES_A_PROCESSOR * Runtime.getRuntime().availableProcessors();
    stripes = new AtomicLongArray[Integer.highestOneBit(2 * Math.min(wanted, MOST_STRIPES) - 1)];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new AtomicLongArray(STRIPE_LENGTH);
    }
  }

  /**
   * A request begins. It counts as active until {@link #finish} is called for it, once.
   *
   * @return the time, to be handed to {@code finish}
   */
  public long start() {
    stripe().getAndIncrement(STARTED);
    return clock.getAsLong();
  }

  /**
   * A request is over. A clock that went backwards counts as no time.
   *
   * @param startNanos what {@link #start} returned
   * @param error whether it failed
   */
  public void finish(long startNanos, boolean error) {
    long nanos = Math.max(0, clock.getAsLong() - startNanos);
    AtomicLongArray stripe = stripe();
    stripe.getAndAdd(SUM_NANOS, nanos);
    stripe.getAndIncrement(BUCKETS + LatencyBuckets.index(nanos));
    if (error) {
      stripe.getAndIncrement(ERRORS);
    }
  }

  /**
   * A request that did not fail began and is over: as {@link #start} and {@link #finish}, where the
   * caller has read the clock. Three atomic additions.
   *
   * @param nanos how long it took; less than nothing counts as no time
   */
  public void record(long nanos) {
    AtomicLongArray stripe = stripe();
    stripe.getAndIncrement(STARTED);
    stripe.getAndAdd(SUM_NANOS, Math.max(0, nanos));
    stripe.getAndIncrement(BUCKETS + LatencyBuckets.index(Math.max(0, nanos)));
  }

  /**
   * What was counted so far. Of a request that ends while the snapshot is taken, the latency may be
   * in the sum and the rest not, or all but the error may be in it. In every snapshot the buckets
   * add up to {@code requestCount}, there are no more errors than requests, and {@code
   * activeRequests} is not negative.
   */
  public Snapshot snapshot() {
    // Read errors, then buckets, then starts, against the order in which a request writes them: an
    // error that is seen has its bucket seen, and an end its start, on whatever stripe it was.
    long errors = sum(ERRORS);
    long[] buckets = new long[LatencyBuckets.COUNT];
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = sum(BUCKETS + i);
      count += buckets[i];
    }
    long sumNanos = sum(SUM_NANOS);
    return new Snapshot(count, errors, sum(STARTED) - count, sumNanos, buckets);
  }

  /** The requests under way. Costs what a snapshot does. */
  public int inFlight() {
    return (int) Math.min(Integer.MAX_VALUE, snapshot().activeRequests());
  }

  private long sum(int counter) {
    long sum = 0;
    for (AtomicLongArray stripe : stripes) {
      sum += stripe.get(counter);
    }
    return sum;
  }

  private AtomicLongArray stripe() {
    // Threads that are made in a row, as event loops are, get a stripe each.
    return stripes[(int) Thread.currentThread().threadId() & (stripes.length - 1)];
  }

  /** What a {@link RequestMetrics} had counted at one time. Immutable. */
  public static final class Snapshot {
    private final long requestCount;
    private final long errorCount;
    private final long activeRequests;
    private final long sumNanos;
    private final long[] buckets;

    private Snapshot(
        long requestCount, long errorCount, long activeRequests, long sumNanos, long[] buckets) {
      this.requestCount = requestCount;
      this.errorCount = errorCount;
      this.activeRequests = activeRequests;
      this.sumNanos = sumNanos;
      this.buckets = buckets;
    }

    /** Requests that are over, failed ones included. */
    public long requestCount() {
      return requestCount;
    }

    /** Requests that failed. */
    public long errorCount() {
      return errorCount;
    }

    /** Requests that have started and are not over. */
    public long activeRequests() {
      return activeRequests;
    }

    /** The latencies of all requests together, in nanoseconds, exact. */
    public long sumNanos() {
      return sumNanos;
    }

    /** The share of requests that failed, from 0 to 1; 0 before the first is over. */
    public double errorRate() {
      return requestCount == 0 ? 0 : (double) errorCount / requestCount;
    }

    /** The mean latency in nanoseconds; 0 before the first request is over. */
    public double averageLatencyNanos() {
      return requestCount == 0 ? 0 : (double) sumNanos / requestCount;
    }

    /**
     * The latency in nanoseconds that a share of the requests did not pass, to within 1.6%: the
     * smallest latency with at least {@code percent} of all at or below it. 0 before the first
     * request is over.
     *
     * @param percent from 0 (the shortest) to 100 (the longest)
     * @throws IllegalArgumentException if {@code percent} is out of that range, or not a number
     */
    public long percentile(double percent) {
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException("percent must be from 0 to 100, not " + percent);
      }
      long rank = Math.max(1, (long) Math.ceil(percent / 100 * requestCount));
      long seen = 0;
      for (int i = 0; i < buckets.length; i++) {
        seen += buckets[i];
        if (seen >= rank) {
          return LatencyBuckets.middle(i);
        }
      }
      return 0;
    }

    /**
     * For each bound, how many requests took that long at most, as the buckets of a Prometheus
     * histogram want it; the bucket {@code +Inf} is {@link #requestCount}. A latency within 1.6% of
     * a bound may be counted on its other side.
     *
     * @param boundsNanos in nanoseconds, rising
     * @return as many counts as there are bounds, never falling
     * @throws IllegalArgumentException if a bound is not greater than the one before
     */
    public long[] cumulative(long... boundsNanos) {
      long[] counts = new long[boundsNanos.length];
      long seen = 0;
      int bucket = 0;
      for (int i = 0; i < boundsNanos.length; i++) {
        if (i > 0 && boundsNanos[i] <= boundsNanos[i - 1]) {
          throw new IllegalArgumentException(
              "bounds must rise, not go from " + boundsNanos[i - 1] + " to " + boundsNanos[i]);
        }
        while (bucket < buckets.length && LatencyBuckets.middle(bucket) <= boundsNanos[i]) {
          seen += buckets[bucket++];
        }
        counts[i] = seen;
      }
      return counts;
    }
  }
}
