package dev.tenfold.toolkit.json;

/** UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /**
   * Where the sequence of more than one byte that starts at {@code at} ends, or -1 if it is
   * malformed or cut off by {@code to}. The bounds are those of table 3-7 of the Unicode standard.
   */
  static int end(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0xC2 || lead > 0xF4) {
      return -1;
    }
    int end = at + (lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
    if (end > to || !isSecond(lead, bytes[at + 1] & 0xFF)) {
      return -1;
    }
    for (int i = at + 2; i < end; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return end;
  }

  private static boolean isSecond(int lead, int second) {
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int greatest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= greatest;
  }

  /** Writes a code point that is not ASCII and not a surrogate; returns where it ends. */
  static int write(byte[] bytes, int at, int codePoint) {
    int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    int rest = codePoint;
    for (int i = length - 1; i > 0; i--) {
      bytes[at + i] = (byte) (0x80 | (rest & 0x3F));
      rest >>>= 6;
    }
    bytes[at] = (byte) (((0xF00 >> length) & 0xFF) | rest);
    return at + length;
  }
}
