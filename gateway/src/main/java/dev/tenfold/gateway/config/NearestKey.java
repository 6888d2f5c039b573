package dev.tenfold.gateway.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody meant to write. */
final class NearestKey {
  private NearestKey() {}

  /** What to say of a key that is not known: the nearest one that is, or all where none is near. */
  static String hint(String unknown, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(key -> distance(unknown, key)))
        .filter(key -> distance(unknown, key) <= Math.max(2, key.length() / 2))
        .map(key -> "did you mean " + key + "?")
        .orElseGet(() -> "known here: " + String.join(", ", known));
  }

  /** How many characters must be put in, left out, replaced or swapped (Damerau, restricted). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, 1 + cost[i - 2][j - 2]) : least;
  }
}
