package dev.tenfold.loadgen;

import org.HdrHistogram.Histogram;

/**
 * The figures of a histogram, each right to three digits; all nought if it is empty.
 *
 * @param count how many values
 * @param meanNanos their mean
 * @param p50Nanos half of the values are at most this
 * @param p90Nanos 90%
 * @param p99Nanos 99%
 * @param p999Nanos 99.9%
 * @param p9999Nanos 99.99%
 * @param maxNanos the largest
 */
public record Latency(
    long count,
    long meanNanos,
    long p50Nanos,
    long p90Nanos,
    long p99Nanos,
    long p999Nanos,
    long p9999Nanos,
    long maxNanos) {

  /** The figures of a histogram of nanoseconds. */
  public static Latency of(Histogram nanos) {
    return new Latency(
        nanos.getTotalCount(),
        (long) nanos.getMean(),
        nanos.getValueAtPercentile(50),
        nanos.getValueAtPercentile(90),
        nanos.getValueAtPercentile(99),
        nanos.getValueAtPercentile(99.9),
        nanos.getValueAtPercentile(99.99),
        nanos.getMaxValue());
  }
}
