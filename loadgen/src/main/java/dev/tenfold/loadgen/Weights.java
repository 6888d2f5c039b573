package dev.tenfold.loadgen;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws an index, each as often as its weight says. Draws allocate nothing. */
final class Weights {
  private final int[] upTo;

  /** Of at least one weight; the sum must fit an int. */
  Weights(int[] weights) {
    upTo = weights.clone();
    Arrays.parallelPrefix(upTo, Math::addExact);
  }

  int next(SplittableRandom random) {
    if (upTo.length == 1) {
      return 0;
    }
    int drawn = random.nextInt(upTo[upTo.length - 1]);
    int index = 0;
    while (upTo[index] <= drawn) {
      index++;
    }
    return index;
  }
}
