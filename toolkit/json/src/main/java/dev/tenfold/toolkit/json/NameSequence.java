package dev.tenfold.toolkit.json;

import dev.tenfold.toolkit.json.NameTable.Name;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the next name of a message: the one that came after the last name before. Messages of a
 * type have their members in the same order, mostly; then a name is compared in place of being
 * searched for. Belongs to one reader. A wrong guess costs a comparison.
 */
final class NameSequence {
  private static final int SLOTS = 256;

  private final @Nullable Name[] after = new Name[SLOTS];
  private int last;

  /** A message begins. */
  void start() {
    last = 0;
  }

  /** The name that stands there, with a quote behind it, if it is the one that was guessed. */
  @Nullable Name guess(byte[] json, int from, int end) {
    Name name = after[last];
    if (name == null || !name.standsAt(json, from, end)) {
      return null;
    }
    last = name.spread() & (SLOTS - 1);
    return name;
  }

  /** It was another one. */
  void learn(Name name) {
    after[last] = name;
    last = name.spread() & (SLOTS - 1);
  }
}
