package dev.tenfold.loadgen;

/** Which of the keys 0 to {@code count - 1} a call takes. */
public sealed interface Keys {
  /** The most keys: a table of 8 MB. */
  int MOST = 1_000_000;

  /** How many keys there are, from 1 to {@link #MOST}. */
  int count();

  /** All equally often. */
  record Uniform(int count) implements Keys {
    /** Checks the count. */
    public Uniform {
      requireCount(count);
    }
  }

  /**
   * Key k with a share that falls as 1 / (k + 1)^exponent: few are asked for often, many seldom.
   *
   * @param exponent over 0, at most 10
   */
  record Zipf(int count, double exponent) implements Keys {
    /** Checks the bounds. */
    public Zipf {
      requireCount(count);
      if (!(exponent > 0 && exponent <= 10)) {
        throw new IllegalArgumentException(
            "exponent is " + exponent + "; it must be over 0 and at most 10");
      }
    }
  }

  private static void requireCount(int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count is " + count + "; it must be from 1 to " + MOST);
    }
  }
}
