package dev.tenfold.toolkit.profiling;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What {@link Profiling} is opened with.
 *
 * @param heapSampleBytes bytes allocated between two samples of the heap, on average
 * @param waitThreshold shorter waits are left out
 * @param recordsFromStart whether waits and starts of threads are recorded from the start to the
 *     end, asked for or not
 * @param argumentMask what an argument of the command is shown as
 * @param jdkOnly without async-profiler
 */
record Settings(
    int heapSampleBytes,
    Duration waitThreshold,
    boolean recordsFromStart,
    UnaryOperator<String> argumentMask,
    boolean jdkOnly) {
  /** As in Go, and what is safe everywhere. */
  static final Settings DEFAULT =
      new Settings(512 << 10, Duration.ofMillis(1), false, UnaryOperator.identity(), false);
}
