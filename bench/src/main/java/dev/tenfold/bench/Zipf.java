package dev.tenfold.bench;

import java.util.Arrays;
import java.util.Random;

/** Draws by Zipf's law with exponent 1: the k-th of n has a weight of 1/k. */
public final class Zipf {
  private Zipf() {}

  /** So many draws of the places 0 to n - 1. */
  public static int[] draw(int n, int draws, Random random) {
    double[] upTo = new double[n];
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += 1.0 / (k + 1);
      upTo[k] = sum;
    }
    double whole = sum;
    return random.doubles(draws).mapToInt(share -> place(upTo, share * whole)).toArray();
  }

  private static int place(double[] upTo, double weight) {
    int found = Arrays.binarySearch(upTo, weight);
    return found < 0 ? Math.min(-found - 1, upTo.length - 1) : found;
  }
}
