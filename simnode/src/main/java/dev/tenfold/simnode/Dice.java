package dev.tenfold.simnode;

import java.math.BigInteger;

/**
 * A stream of numbers that follows from the parts it was made of: SplitMix64 (Steele, Lea, Flood,
 * "Fast splittable pseudorandom number generators", 2014). Not thread-safe.
 */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long... parts) {
    for (long part : parts) {
      state = mix(state + GOLDEN ^ mix(part + GOLDEN));
    }
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to bound, exclusive. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** From 0 to 1, exclusive. */
  double fraction() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i += 8) {
      long word = next();
      for (int j = i; j < Math.min(i + 8, length); j++) {
        bytes[j] = (byte) word;
        word >>>= 8;
      }
    }
    return bytes;
  }

  /** A number of at most so many bytes, its top bit clear. */
  BigInteger number(int length) {
    byte[] bytes = bytes(length);
    bytes[0] &= 0x7f;
    return new BigInteger(1, bytes);
  }

  static long mix(long value) {
    value = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    value = (value ^ (value >>> 27)) * 0x94D049BB133111EBL;
    return value ^ (value >>> 31);
  }
}
