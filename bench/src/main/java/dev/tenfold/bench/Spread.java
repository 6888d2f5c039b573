package dev.tenfold.bench;

import java.util.List;
import java.util.Locale;

/** A figure that was taken several times: its median, the middle half, and how far it strays. */
public record Spread(
    int n, double median, double lowerQuartile, double upperQuartile, double min, double max) {

  /** Of at least one value. Between two values that stand next to each other it goes straight. */
  public static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a spread needs at least one value");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(
        sorted.length,
        quantile(sorted, 0.5),
        quantile(sorted, 0.25),
        quantile(sorted, 0.75),
        quantile(sorted, 0),
        quantile(sorted, 1));
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** The cells of a table: n, median, the middle half, least, and most. */
  String cells(int decimals) {
    String figure = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT,
        "%d | " + figure + " | " + figure + " to " + figure + " | " + figure + " | " + figure,
        n,
        median,
        lowerQuartile,
        upperQuartile,
        min,
        max);
  }
}
