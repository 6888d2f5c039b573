package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Samples CPU time for a while. One recording at a time. */
sealed interface CpuRecorder permits AsyncCpuRecorder, JdkCpuRecorder {
  /** CPU time between two samples of a thread. */
  Duration PERIOD = Duration.ofMillis(10);

  /** What samples, for people. */
  String engine();

  /**
   * Records until the end.
   *
   * @return samples and CPU nanoseconds; empty if nobody wants them
   * @throws IOException where it cannot be recorded; nothing runs on then
   */
  Map<Sample, long[]> record(Path folder, End end) throws IOException, InterruptedException;

  /** Adds one sample that stands for so much CPU time. */
  static void add(Map<Sample, long[]> samples, Sample sample, long nanos) {
    long[] values = samples.computeIfAbsent(sample, s -> new long[2]);
    values[0]++;
    values[1] += nanos;
  }
}
