package dev.tenfold.demo;

import java.util.List;
import java.util.Objects;

/**
 * One line of the table.
 *
 * @param name of the step
 * @param change what it changes against the line before, in a phrase
 * @param comparable whether it does the work of the line before, so that the two can be compared
 * @param rounds what was measured
 */
record Measured(String name, String change, boolean comparable, List<Reading> rounds) {

  Measured {
    rounds = List.copyOf(rounds);
  }

  /** All rounds of one figure. */
  Spread spread(Figure figure) {
    return new Spread(
        rounds.stream()
            .map(figure::of)
            .map(read -> read.isPresent() ? read.getAsDouble() : null)
            .filter(Objects::nonNull)
            .toList());
  }

  /** Whether a figure is another one than in the line before, and is shown as another one. */
  boolean differs(Figure figure, Measured before) {
    Spread mine = spread(figure);
    Spread other = before.spread(figure);
    return comparable
        && mine.differsFrom(other)
        && !figure.text(mine.median()).equals(figure.text(other.median()));
  }
}
