package dev.tenfold.toolkit.profiling;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
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
 * @param comments what a reader should know of it
 */
record Profile(
    List<ValueType> types,
    int mainType,
    ValueType periodType,
    long period,
    Instant start,
    Duration length,
    String labelKey,
    Map<Sample, long[]> samples,
    List<String> comments) {

  record ValueType(String name, String unit) {}

  private static final ValueType SPACE = new ValueType("space", "bytes");
  private static final List<ValueType> HEAP =
      List.of(
          new ValueType("alloc_objects", "count"),
          new ValueType("alloc_space", "bytes"),
          new ValueType("inuse_objects", "count"),
          new ValueType("inuse_space", "bytes"));

  /** CPU time, from what was sampled in a window. */
  static Profile cpu(Instant start, Duration length, Map<Sample, long[]> samples) {
    ValueType cpu = new ValueType("cpu", "nanoseconds");
    List<ValueType> types = List.of(new ValueType("samples", "count"), cpu);
    long period = CpuRecorder.PERIOD.toNanos();
    return new Profile(types, 1, cpu, period, start, length, "thread", samples, List.of());
  }

  /** Wall-clock time of all threads, from what was sampled in a window. */
  static Profile wall(Instant start, Duration length, Map<Sample, long[]> samples) {
    ValueType wall = new ValueType("wall", "nanoseconds");
    List<ValueType> types = List.of(new ValueType("samples", "count"), wall);
    long period = WallRecorder.PERIOD.toNanos();
    return new Profile(types, 1, wall, period, start, length, "thread", samples, List.of());
  }

  /** Waits, how many and how long. */
  static Profile waits(Instant at, Map<Sample, long[]> samples, List<String> comments) {
    ValueType contentions = new ValueType("contentions", "count");
    List<ValueType> types = List.of(contentions, new ValueType("delay", "nanoseconds"));
    return new Profile(types, 1, contentions, 1, at, Duration.ZERO, "for", samples, comments);
  }

  /** Allocations, and what of them is in use, which is shown first. */
  static Profile heap(Instant at, long sampleBytes, Map<Sample, long[]> samples) {
    return new Profile(HEAP, 3, SPACE, sampleBytes, at, Duration.ZERO, "class", samples, List.of());
  }

  /** Allocations, which are shown first, and what of them was in use when that was last found. */
  static Profile allocations(Instant at, long sampleBytes, Map<Sample, long[]> samples) {
    List<String> comments = List.of("in use: as the last request for heap found it");
    return new Profile(HEAP, 1, SPACE, sampleBytes, at, Duration.ZERO, "class", samples, comments);
  }

  /** Threads by where they are. */
  static Profile threads(Instant at, Map<Sample, long[]> samples) {
    ValueType goroutine = new ValueType("goroutine", "count");
    List<ValueType> types = List.of(goroutine);
    return new Profile(types, 0, goroutine, 1, at, Duration.ZERO, "thread", samples, List.of());
  }

  /** Threads of the system by who started them. */
  static Profile threadCreations(Instant at, Map<Sample, long[]> samples, List<String> comments) {
    ValueType created = new ValueType("threadcreate", "count");
    List<ValueType> types = List.of(created);
    return new Profile(types, 0, created, 1, at, Duration.ZERO, "thread", samples, comments);
  }

  /**
   * What has changed between an earlier one of the same kind and this one: each value less what it
   * was, which may be less than nothing.
   */
  Profile since(Profile earlier) {
    Map<Sample, long[]> changes = new HashMap<>();
    samples.forEach((sample, values) -> changes.put(sample, values.clone()));
    earlier.samples.forEach(
        (sample, values) -> {
          long[] change = changes.computeIfAbsent(sample, s -> new long[values.length]);
          Arrays.setAll(change, i -> change[i] - values[i]);
        });
    changes.values().removeIf(values -> Arrays.stream(values).allMatch(value -> value == 0));
    Duration length = Duration.between(earlier.start, start);
    return new Profile(
        types, mainType, periodType, period, earlier.start, length, labelKey, changes, comments);
  }
}
