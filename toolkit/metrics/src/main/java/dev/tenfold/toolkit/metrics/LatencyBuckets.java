package dev.tenfold.toolkit.metrics;

/**
 * The log-linear division of the nanoseconds from 0 to 2^37 (137 s) into buckets: each power of two
 * is cut into 32 equal parts, and below 32 ns each nanosecond has a bucket of its own. This is the
 * division of HdrHistogram (Tene), for one fixed precision.
 *
 * <p>A bucket is at most 1/32 as wide as its lowest value, so its middle is within 1/64 (1.5625%)
 * of every value in it. What is longer than 137 s counts in the last bucket.
 */
final class LatencyBuckets {

  private static final int PART_BITS = 5;
  private static final int PARTS = 1 << PART_BITS;
  private static final int RANGE_BITS = 37;
  private static final long LONGEST = (1L << RANGE_BITS) - 1;

  static final int COUNT = (RANGE_BITS - PART_BITS + 1) << PART_BITS;

  private LatencyBuckets() {}

  /** The bucket of a latency; one below 0 counts as 0. */
  static int index(long nanos) {
    long value = Math.clamp(nanos, 0, LONGEST);
    if (value < PARTS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - PART_BITS - Long.numberOfLeadingZeros(value);
    return (shift << PART_BITS) + (int) (value >>> shift);
  }

  /** The value that stands for all in a bucket: its middle. */
  static long middle(int index) {
    if (index < PARTS) {
      return index;
    }
    int shift = (index >>> PART_BITS) - 1;
    long lowest = (long) ((index & (PARTS - 1)) | PARTS) << shift;
    return lowest + ((1L << shift) >>> 1);
  }
}
