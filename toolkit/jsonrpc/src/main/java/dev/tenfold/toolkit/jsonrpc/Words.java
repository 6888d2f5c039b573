package dev.tenfold.toolkit.jsonrpc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/** Bytes taken eight at a time: finding the end of plain text, and hashing. */
final class Words {
  static final int BYTES = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long SEED = new SecureRandom().nextLong();
  private static final long FACTOR = new SecureRandom().nextLong() | 1;

  private Words() {}

  private static long at(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  /**
   * Has a flag for each of the eight bytes at {@code index} that ends plain text in a JSON string:
   * a quote, a backslash, a control character, or a byte above 0x7F. The lowest flag is right;
   * those above it may be wrong, as a subtraction borrows from the byte that comes next. {@link
   * #first} says where it is.
   *
   * <p>A quote is 0x22: with its second bit flipped it and the control characters, and nothing else
   * of ASCII, are below 0x21.
   *
   * <p>Source: Daniel Lemire, "Detect control characters, quotes and backslashes efficiently using
   * SWAR", 2025.
   */
  static long special(byte[] bytes, int index) {
    long word = at(bytes, index);
    long quoteOrControl = (word ^ (EACH * 0x02)) - EACH * 0x21;
    long backslash = (word ^ (EACH * '\\')) - EACH;
    return (word | quoteOrControl | backslash) & HIGH;
  }

  /** Which byte the lowest flag stands for. */
  static int first(long flags) {
    return Long.numberOfTrailingZeros(flags) >>> 3;
  }

  /** Starts a hash. It differs from one run of the JVM to the next, so that it cannot be aimed. */
  static long hash() {
    return SEED;
  }

  /** Adds one word to a hash: the folded 128-bit product of wyhash. */
  static long hash(long hash, long word) {
    long mixed = hash ^ word;
    return (mixed * FACTOR) ^ Math.unsignedMultiplyHigh(mixed, FACTOR);
  }

  /** Hashes the first {@code length} bytes. */
  static long hash(byte[] bytes, int length) {
    long hash = hash(SEED, length);
    int index = 0;
    for (; index + BYTES <= length; index += BYTES) {
      hash = hash(hash, at(bytes, index));
    }
    long rest = 0;
    for (; index < length; index++) {
      rest = (rest << 8) | (bytes[index] & 0xFF);
    }
    return hash(hash, rest);
  }

  /** Folds a hash into an int. */
  static int fold(long hash) {
    return Long.hashCode(hash);
  }
}
