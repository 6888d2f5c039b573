package dev.tenfold.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A figure that was taken several times: how often, its median, and how far it strays. */
record Spread(int n, double median, double min, double max) {

  /** Of at least one value; the median of an even number is the mean of the middle two. */
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a spread needs at least one value");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted.length, median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }

  /** How far apart the least and the most are, as a share of the median. */
  double width() {
    return (max - min) / median;
  }

  /** The cells of a table: n, median, least, most, and the width. */
  String cells(int decimals) {
    String figure = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT,
        "%d | " + figure + " | " + figure + " | " + figure + " | %.0f%%",
        n,
        median,
        min,
        max,
        100 * width());
  }
}
