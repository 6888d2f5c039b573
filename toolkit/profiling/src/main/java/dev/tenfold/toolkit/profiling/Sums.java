package dev.tenfold.toolkit.profiling;

import java.util.HashMap;
import java.util.Map;

/**
 * Sums of values by sample. At most so many samples are told apart; the rest is counted together.
 * Confined to one thread.
 */
final class Sums {
  private static final Sample OTHER = new Sample(Stack.named("other stacks"), "");

  private final int most;
  private final Map<Sample, long[]> sums = new HashMap<>();

  Sums(int most) {
    this.most = most;
  }

  void add(Sample sample, long... values) {
    Sample key = sums.size() < most || sums.containsKey(sample) ? sample : OTHER;
    long[] sum = sums.computeIfAbsent(key, s -> new long[values.length]);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  /** A copy that stays as it is. */
  Map<Sample, long[]> samples() {
    Map<Sample, long[]> copy = new HashMap<>();
    sums.forEach((sample, values) -> copy.put(sample, values.clone()));
    return copy;
  }
}
