package dev.tenfold.simnode;

import java.math.BigInteger;
import java.util.HexFormat;

/** The two ways of the execution API to write bytes: data (padded) and quantities (not padded). */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  static String quantity(long value) {
    return "0x" + Long.toHexString(value);
  }

  static String quantity(BigInteger value) {
    return "0x" + value.toString(16);
  }

  static String data(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
  }

  /** A 32-byte word that holds the number. */
  static String word(BigInteger value) {
    String digits = value.toString(16);
    return "0x" + "0".repeat(64 - digits.length()) + digits;
  }

  /**
   * The bytes of {@code 0x...}.
   *
   * @throws IllegalArgumentException for anything but an even number of hex digits after {@code 0x}
   */
  static byte[] bytes(String data) {
    if (!data.startsWith("0x")) {
      throw new IllegalArgumentException("hex string without 0x prefix");
    }
    return FORMAT.parseHex(data, 2, data.length());
  }

  /** The shortest bytes of a number, none for zero: how RLP writes integers. */
  static byte[] shortest(BigInteger value) {
    byte[] bytes = value.toByteArray();
    if (bytes[0] != 0) {
      return bytes;
    }
    byte[] tail = new byte[bytes.length - 1];
    System.arraycopy(bytes, 1, tail, 0, tail.length);
    return tail;
  }
}
