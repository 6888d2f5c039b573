package dev.tenfold.toolkit.jsonrpc;

import java.nio.charset.StandardCharsets;

/**
 * What the characters between the quotes of a valid JSON string stand for. A span starts after the
 * opening quote and ends before the closing one, which has to follow it in the array.
 *
 * <p>Text is read as code points. An escaped surrogate without its partner is valid JSON, and reads
 * as itself; two escapes that make a pair read as one code point, equal to the same one in UTF-8.
 */
final class JsonText {
  private JsonText() {}

  /** Reads one code point: the index after it in the upper half, the code point in the lower. */
  static long read(byte[] json, int at) {
    byte first = json[at];
    if (first == '\\') {
      return escape(json, at);
    }
    if (first >= 0) {
      return pack(at + 1, first);
    }
    return pack(at + Utf8.length(first & 0xFF), Utf8.codePoint(json, at));
  }

  static int next(long read) {
    return (int) (read >>> 32);
  }

  static int codePoint(long read) {
    return (int) read;
  }

  static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static long pack(int next, int codePoint) {
    return ((long) next << 32) | codePoint;
  }

  private static long escape(byte[] json, int at) {
    byte kind = json[at + 1];
    return switch (kind) {
      case 'b' -> pack(at + 2, '\b');
      case 'f' -> pack(at + 2, '\f');
      case 'n' -> pack(at + 2, '\n');
      case 'r' -> pack(at + 2, '\r');
      case 't' -> pack(at + 2, '\t');
      case 'u' -> unicodeEscape(json, at);
      default -> pack(at + 2, kind);
    };
  }

  private static long unicodeEscape(byte[] json, int at) {
    char unit = unit(json, at + 2);
    if (Character.isHighSurrogate(unit) && json[at + 6] == '\\' && json[at + 7] == 'u') {
      char low = unit(json, at + 8);
      if (Character.isLowSurrogate(low)) {
        return pack(at + 12, Character.toCodePoint(unit, low));
      }
    }
    return pack(at + 6, unit);
  }

  private static char unit(byte[] json, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = (unit << 4) | Character.digit(json[i], 16);
    }
    return (char) unit;
  }

  /** Whether a span stands for exactly this text, which is ASCII. */
  static boolean equals(byte[] json, int from, int to, boolean escaped, String ascii) {
    if (!escaped) {
      return equalsAscii(json, from, to, ascii);
    }
    int at = from;
    int i = 0;
    while (at < to && i < ascii.length()) {
      long read = read(json, at);
      if (codePoint(read) != ascii.charAt(i++)) {
        return false;
      }
      at = next(read);
    }
    return at == to && i == ascii.length();
  }

  /** Whether the bytes of a span are those of this text, which is ASCII. */
  static boolean equalsAscii(byte[] json, int from, int to, String ascii) {
    int length = ascii.length();
    if (to - from != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether two spans of one array stand for the same text. */
  static boolean equals(byte[] json, int from, int to, int otherFrom, int otherTo) {
    int at = from;
    int other = otherFrom;
    while (at < to && other < otherTo) {
      long read = read(json, at);
      long otherRead = read(json, other);
      if (codePoint(read) != codePoint(otherRead)) {
        return false;
      }
      at = next(read);
      other = next(otherRead);
    }
    return at == to && other == otherTo;
  }

  /** Hashes what a span stands for. */
  static int hash(byte[] json, int from, int to) {
    long hash = Words.hash();
    for (int at = from; at < to; ) {
      long read = read(json, at);
      hash = Words.hash(hash, codePoint(read));
      at = next(read);
    }
    return Words.fold(hash);
  }

  /** What a span stands for. */
  static String decode(byte[] json, int from, int to) {
    for (int at = from; at < to; at++) {
      if (json[at] == '\\') {
        return decodeEscapes(json, from, to);
      }
    }
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }

  private static String decodeEscapes(byte[] json, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int at = from; at < to; ) {
      long read = read(json, at);
      text.appendCodePoint(codePoint(read));
      at = next(read);
    }
    return text.toString();
  }
}
