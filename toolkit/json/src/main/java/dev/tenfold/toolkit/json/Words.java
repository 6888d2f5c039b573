package dev.tenfold.toolkit.json;

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
    return (word | toEscape(word)) & HIGH;
  }

  /** The same without the bytes above 0x7F. */
  static long toEscape(byte[] bytes, int index) {
    long word = at(bytes, index);
    return toEscape(word) & ~word & HIGH;
  }

  private static long toEscape(long word) {
    return ((word ^ (EACH * 0x02)) - EACH * 0x21) | ((word ^ (EACH * '\\')) - EACH);
  }

  /** Which byte the lowest flag stands for. */
  static int first(long flags) {
    return Long.numberOfTrailingZeros(flags) >>> 3;
  }

  /**
   * The bytes of a span of {@value #BYTES} or fewer as one word. A span that is shorter is filled
   * with zeros.
   */
  static long word(byte[] bytes, int from, int length) {
    if (from + BYTES <= bytes.length) {
      // Shifts take the lowest six bits of the distance: none for eight bytes. Not for no byte.
      return length == 0 ? 0 : at(bytes, from) & (-1L >>> -(length << 3));
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = (word << 8) | (bytes[from + i] & 0xFF);
    }
    return word;
  }

  /** Starts a hash. It differs from one run of the JVM to the next, so that it cannot be aimed. */
  static long hash(int length) {
    return mix(SEED, length);
  }

  /** Adds one word to a hash: the folded 128-bit product of wyhash. */
  static long mix(long hash, long word) {
    long mixed = hash ^ word;
    return (mixed * FACTOR) ^ Math.unsignedMultiplyHigh(mixed, FACTOR);
  }
}
