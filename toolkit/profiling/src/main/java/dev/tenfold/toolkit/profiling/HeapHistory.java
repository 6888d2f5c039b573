package dev.tenfold.toolkit.profiling;

import java.util.HashMap;
import java.util.Map;

/**
 * All that was sampled of the heap: what was allocated since the start, and what of it is in use.
 * Confined to one thread.
 *
 * <p>1. An allocation of {@code s} bytes is sampled with the probability {@code p = 1 - exp(-s/n)},
 * n being the bytes between two samples. So a sample stands for {@code 1/p} objects and {@code s/p}
 * bytes, on average exactly (Go's {@code scaleHeapSample} does the same).
 *
 * <p>2. async-profiler says which objects are live when a session ends, and forgets them. What was
 * in use at the end of a session is therefore carried over to the next, and there held against the
 * count of the live objects by class: a class never has more in use than that. So the sum of a
 * class is right; how it is divided among places that allocate the same class is an estimate for
 * what was allocated before the session.
 *
 * <p>3. At most {@link #MOST_SAMPLES} samples are told apart; the rest is counted together.
 */
final class HeapHistory {
  static final int MOST_SAMPLES = 20_000;

  private static final Stack OTHER = Stack.named("other stacks");
  private static final double NEGLIGIBLE_BYTES = 64;

  private final long sampleBytes;
  private final Map<Sample, double[]> allocated = new HashMap<>();
  private final Map<Sample, double[]> carried = new HashMap<>();
  private final Map<Sample, double[]> found = new HashMap<>();

  HeapHistory(long sampleBytes) {
    this.sampleBytes = sampleBytes;
  }

  /** An object was allocated. */
  void allocated(Sample sample, long bytes) {
    add(allocated, sample, bytes);
  }

  /** An object that was allocated in this session is live at its end. */
  void live(Sample sample, long bytes) {
    add(found, sample, bytes);
  }

  /** A session has ended, and all that was allocated and is live in it was told. */
  void endSession() {
    found.forEach((sample, values) -> add(carried, sample, values));
    found.clear();
  }

  /**
   * The same, where the live objects were counted at its end.
   *
   * @param liveBytes what is in use by the name of the class, as {@link ClassHistogram} has it
   */
  void endSession(Map<String, Long> liveBytes) {
    Map<String, Double> now = byClass(found);
    Map<String, Double> before = byClass(carried);
    carried
        .entrySet()
        .removeIf(
            entry -> {
              String name = ClassHistogram.name(entry.getKey().label());
              double room = liveBytes.getOrDefault(name, 0L) - now.getOrDefault(name, 0.0);
              double part = Math.clamp(room / before.getOrDefault(name, 1.0), 0.0, 1.0);
              entry.getValue()[0] *= part;
              entry.getValue()[1] *= part;
              return entry.getValue()[1] < NEGLIGIBLE_BYTES;
            });
    endSession();
  }

  /** Objects and bytes allocated, objects and bytes in use. */
  Map<Sample, long[]> samples() {
    Map<Sample, long[]> samples = new HashMap<>();
    allocated.forEach((sample, values) -> put(samples, sample, values, 0));
    carried.forEach((sample, values) -> put(samples, sample, values, 2));
    return samples;
  }

  private void add(Map<Sample, double[]> to, Sample sample, long bytes) {
    double probability = -Math.expm1(-(double) bytes / sampleBytes);
    if (probability > 0) {
      add(to, sample, new double[] {1 / probability, bytes / probability});
    }
  }

  private static void add(Map<Sample, double[]> to, Sample sample, double[] values) {
    boolean room = to.size() < MOST_SAMPLES || to.containsKey(sample);
    Sample key = room ? sample : new Sample(OTHER, sample.label());
    key = room || to.containsKey(key) ? key : new Sample(OTHER, "");
    double[] sum = to.computeIfAbsent(key, s -> new double[2]);
    sum[0] += values[0];
    sum[1] += values[1];
  }

  private static Map<String, Double> byClass(Map<Sample, double[]> samples) {
    Map<String, Double> bytes = new HashMap<>();
    samples.forEach(
        (sample, values) ->
            bytes.merge(ClassHistogram.name(sample.label()), values[1], Double::sum));
    return bytes;
  }

  private static void put(Map<Sample, long[]> to, Sample sample, double[] values, int at) {
    long[] row = to.computeIfAbsent(sample, s -> new long[4]);
    row[at] = Math.round(values[0]);
    row[at + 1] = Math.round(values[1]);
  }
}
