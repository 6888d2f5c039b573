package dev.tenfold.toolkit.profiling;

import java.time.Duration;

/**
 * What {@link Profiling} is opened with.
 *
 * @param heapSampleBytes bytes allocated between two samples of the heap, on average
 * @param waitThreshold shorter waits are left out
 * @param recordsWaits whether waits are recorded from the start to the end, asked for or not
 * @param jdkOnly without async-profiler
 */
record Settings(
    int heapSampleBytes, Duration waitThreshold, boolean recordsWaits, boolean jdkOnly) {
  /** As in Go, and what is safe everywhere. */
  static final Settings DEFAULT = new Settings(512 << 10, Duration.ofMillis(1), false, false);
}
