package dev.tenfold.gateway.evm;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a block, 32 bytes. Immutable; compared in full.
 *
 * @param a the first eight bytes, big-endian; {@code b}, {@code c} and {@code d} follow
 */
public record BlockHash(long a, long b, long c, long d) {
  /** The length of its JSON: 64 hex digits, {@code 0x}, and two quotes. */
  public static final int JSON_LENGTH = 68;

  private static final int DIGITS_OF_A_LONG = 16;

  /**
   * Reads a JSON value: a string of {@code 0x} and 64 hex digits in either case; null for all else.
   */
  public static @Nullable BlockHash parse(byte[] json, int from, int to) {
    if (!Quantity.isHash(json, from, to)) {
      return null;
    }
    int digits = from + 3;
    return new BlockHash(
        word(json, digits),
        word(json, digits + DIGITS_OF_A_LONG),
        word(json, digits + 2 * DIGITS_OF_A_LONG),
        word(json, digits + 3 * DIGITS_OF_A_LONG));
  }

  private static long word(byte[] json, int from) {
    long word = 0;
    for (int i = from; i < from + DIGITS_OF_A_LONG; i++) {
      word = (word << 4) | Character.digit(json[i], 16);
    }
    return word;
  }

  /** As nodes write it: a JSON string in lower case. */
  public byte[] json() {
    return ('"' + toString() + '"').getBytes(StandardCharsets.US_ASCII);
  }

  /** {@code 0x} and 64 hex digits in lower case. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return "0x" + hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
  }
}
