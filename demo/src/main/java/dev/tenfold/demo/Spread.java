package dev.tenfold.demo;

import java.util.List;

/**
 * What several rounds had of one figure.
 *
 * @param sorted the smallest first; empty where the system does not say
 */
record Spread(List<Double> sorted) {
  /** Two ranges of fewer rounds do not tell anything. */
  static final int LEAST_ROUNDS = 3;

  Spread {
    sorted = sorted.stream().sorted().toList();
  }

  boolean isEmpty() {
    return sorted.isEmpty();
  }

  double min() {
    return sorted.getFirst();
  }

  double max() {
    return sorted.getLast();
  }

  /** The one in the middle, or between the two in the middle. */
  double median() {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** Whether there is a difference: each round here lies on the same side of each round there. */
  boolean differsFrom(Spread other) {
    boolean enough = Math.min(sorted.size(), other.sorted.size()) >= LEAST_ROUNDS;
    return enough && (max() < other.min() || min() > other.max());
  }

  /**
   * How often that happens by chance alone, between two things that are alike: once in so many
   * times. Of all orders of 2n rounds, two have the one n before the other n.
   */
  static long chance(int rounds) {
    long orders = 1;
    for (int i = 1; i <= rounds; i++) {
      orders = orders * (rounds + i) / i;
    }
    return orders / 2;
  }
}
