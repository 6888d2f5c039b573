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
   * How many of the eight bytes at {@code index} come before the first that is special inside a
   * JSON string: a quote, a backslash, a control character, or a byte above 0x7F.
   *
   * <p>A subtraction borrows only from bytes that come later, so the lowest flag is always right
   * (Hacker's Delight, 6-1).
   */
  static int plain(byte[] bytes, int index) {
    long word = at(bytes, index);
    long quote = word ^ (EACH * '"');
    long backslash = word ^ (EACH * '\\');
    long special =
        (word | ((word - EACH * 0x20) & ~word))
            | ((quote - EACH) & ~quote)
            | ((backslash - EACH) & ~backslash);
    return Long.numberOfTrailingZeros(special & HIGH) >>> 3;
  }

  /**
   * Hashes a span by the folded 128-bit product of wyhash. The seed differs from one run of the JVM
   * to the next, so that names cannot be chosen to collide.
   */
  static long hash(byte[] bytes, int from, int to) {
    long hash = mix(SEED, to - from);
    int at = from;
    for (; at + BYTES <= to; at += BYTES) {
      hash = mix(hash, at(bytes, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = (rest << 8) | (bytes[at] & 0xFF);
    }
    return mix(hash, rest);
  }

  private static long mix(long hash, long word) {
    long mixed = hash ^ word;
    return (mixed * FACTOR) ^ Math.unsignedMultiplyHigh(mixed, FACTOR);
  }
}
