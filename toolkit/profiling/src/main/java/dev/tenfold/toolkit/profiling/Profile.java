package dev.tenfold.toolkit.profiling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A profile, whatever it was made from.
 *
 * @param types what the values of a sample are, in order
 * @param mainType which of them is shown unless another is asked for
 * @param period so many units of {@code periodType} lie between two samples
 * @param labelKey what the label of a sample is
 * @param samples a value for each type
 */
record Profile(
    List<ValueType> types,
    int mainType,
    ValueType periodType,
    long period,
    Instant start,
    Duration length,
    String labelKey,
    Map<Sample, long[]> samples) {

  record ValueType(String name, String unit) {}

  /** CPU time, from what was sampled in a window. */
  static Profile cpu(Instant start, Duration length, Map<Sample, long[]> samples) {
    ValueType cpu = new ValueType("cpu", "nanoseconds");
    List<ValueType> types = List.of(new ValueType("samples", "count"), cpu);
    return new Profile(
        types, 1, cpu, CpuRecorder.PERIOD.toNanos(), start, length, "thread", samples);
  }

  /** Allocations, and what of them is in use. */
  static Profile heap(Instant start, long sampleBytes, Map<Sample, long[]> samples) {
    List<ValueType> types =
        List.of(
            new ValueType("alloc_objects", "count"),
            new ValueType("alloc_space", "bytes"),
            new ValueType("inuse_objects", "count"),
            new ValueType("inuse_space", "bytes"));
    ValueType space = new ValueType("space", "bytes");
    return new Profile(types, 3, space, sampleBytes, start, Duration.ZERO, "class", samples);
  }

  /** Threads by where they are. */
  static Profile threads(Instant start, Map<Sample, long[]> samples) {
    ValueType goroutine = new ValueType("goroutine", "count");
    return new Profile(
        List.of(goroutine), 0, goroutine, 1, start, Duration.ZERO, "thread", samples);
  }
}
