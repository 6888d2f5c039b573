package dev.tenfold.loadgen;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws keys. Not thread-safe; draws allocate nothing. */
sealed interface KeyPicker {
  int next(SplittableRandom random);

  static KeyPicker of(Keys keys) {
    return switch (keys) {
      case Keys.Uniform uniform -> new Even(uniform.count());
      case Keys.Zipf zipf -> Table.of(zipf);
    };
  }

  record Even(int count) implements KeyPicker {
    @Override
    public int next(SplittableRandom random) {
      return count == 1 ? 0 : random.nextInt(count);
    }
  }

  /** Inverse transform: a binary search in the cumulative shares, the logarithm of the count. */
  final class Table implements KeyPicker {
    private final double[] upTo;

    private Table(double[] upTo) {
      this.upTo = upTo;
    }

    static Table of(Keys.Zipf zipf) {
      double[] upTo = new double[zipf.count()];
      double sum = 0;
      for (int key = 0; key < upTo.length; key++) {
        sum += Math.pow(key + 1.0, -zipf.exponent());
        upTo[key] = sum;
      }
      return new Table(upTo);
    }

    @Override
    public int next(SplittableRandom random) {
      double drawn = random.nextDouble() * upTo[upTo.length - 1];
      int found = Arrays.binarySearch(upTo, drawn);
      // On a border the drawn value belongs to the key above it: shares are half open.
      return Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
    }
  }
}
