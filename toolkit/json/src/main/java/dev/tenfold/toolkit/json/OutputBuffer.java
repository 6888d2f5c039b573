package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where JSON is written: bytes that begin at {@value #INITIAL}, grow by doubling up to the limit,
 * and are kept for the next message if they are {@value #KEPT} or fewer.
 */
final class OutputBuffer {
  static final int INITIAL = 256;
  static final int KEPT = 64 << 10;

  /** From how many characters on the encoder is worth its overhead, and how many it is given. */
  private static final int LONG_TEXT = 32;

  private static final int CHUNK = 512;

  private static final int LONGEST_INT = 11;
  private static final int LONGEST_LONG = 20;
  private static final int LONGEST_ESCAPE = 6;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** For each ASCII character 0, or the letter of its escape. */
  private static final byte[] ESCAPES = new byte[0x80];

  static {
    Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
    ESCAPES['\b'] = 'b';
    ESCAPES['\t'] = 't';
    ESCAPES['\n'] = 'n';
    ESCAPES['\f'] = 'f';
    ESCAPES['\r'] = 'r';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
  }

  private final int limit;
  private byte[] bytes;
  private int length;

  // What long texts are encoded with, piece by piece.
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final CharBuffer source = CharBuffer.allocate(CHUNK);
  private ByteBuffer target;

  OutputBuffer(int limit) {
    this.limit = limit;
    this.bytes = new byte[Math.min(INITIAL, limit)];
    this.target = ByteBuffer.wrap(bytes);
  }

  int length() {
    return length;
  }

  /** How many bytes it holds on to. */
  int capacity() {
    return bytes.length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  void clear() {
    length = 0;
    if (bytes.length > KEPT) {
      replace(new byte[INITIAL]);
    }
  }

  private void replace(byte[] others) {
    bytes = others;
    target = ByteBuffer.wrap(others);
  }

  private void reserve(int more) throws OutputTooLarge {
    if (more > bytes.length - length) {
      grow(more);
    }
  }

  private void grow(int more) throws OutputTooLarge {
    if (more > limit - length) {
      throw new OutputTooLarge(limit);
    }
    int doubled = (int) Math.min(limit, 2L * bytes.length);
    replace(Arrays.copyOf(bytes, Math.max(doubled, length + more)));
  }

  void put(char ascii) throws OutputTooLarge {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void put(byte[] raw, int from, int count) throws OutputTooLarge {
    reserve(count);
    System.arraycopy(raw, from, bytes, length, count);
    length += count;
  }

  /** What is ASCII, as it is. */
  @SuppressWarnings("deprecation") // it takes the low byte of each char, which is the char here
  void ascii(String text) throws OutputTooLarge {
    int count = text.length();
    reserve(count);
    text.getBytes(0, count, bytes, length);
    length += count;
  }

  void number(int value) throws OutputTooLarge {
    if (limit - length < LONGEST_INT) {
      ascii(Integer.toString(value));
      return;
    }
    reserve(LONGEST_INT);
    length = NumberOutput.outputInt(value, bytes, length);
  }

  void number(long value) throws OutputTooLarge {
    if (limit - length < LONGEST_LONG) {
      ascii(Long.toString(value));
      return;
    }
    reserve(LONGEST_LONG);
    length = NumberOutput.outputLong(value, bytes, length);
  }

  /** Bytes between quotes, as they are. */
  void quoted(byte[] raw) throws OutputTooLarge {
    int count = raw.length;
    reserve(count + 2);
    bytes[length] = '"';
    System.arraycopy(raw, 0, bytes, length + 1, count);
    bytes[length + count + 1] = '"';
    length += count + 2;
  }

  /** A text between quotes, with escapes. */
  void string(String text) throws OutputTooLarge {
    put('"');
    int count = text.length();
    if (count < LONG_TEXT) {
      shortText(text, count);
    } else {
      longText(text, count);
    }
    put('"');
  }

  private void longText(String text, int count) throws OutputTooLarge {
    int from = 0;
    while (from < count) {
      int to = Math.min(count, from + CHUNK);
      if (to < count && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      if (!encode(text, from, to)) {
        characters(text, from, to, true);
      }
      from = to;
    }
  }

  /**
   * Writes a piece of text by the encoder of the JDK, which takes many characters at a time. False,
   * and nothing written, if something in it needs an escape, or the bytes have to grow on the way.
   */
  private boolean encode(String text, int from, int to) throws OutputTooLarge {
    reserve(to - from);
    text.getChars(from, to, source.array(), 0);
    source.clear().limit(to - from);
    target.clear().position(length);
    if (!encoder.reset().encode(source, target, true).isUnderflow()) {
      return false;
    }
    int end = target.position();
    if (needsEscape(length, end)) {
      return false;
    }
    length = end;
    return true;
  }

  private boolean needsEscape(int from, int to) {
    int at = from;
    for (; at + Words.BYTES <= to; at += Words.BYTES) {
      if (Words.toEscape(bytes, at) != 0) {
        return true;
      }
    }
    for (; at < to; at++) {
      byte b = bytes[at];
      if (b >= 0 && ESCAPES[b] != 0) {
        return true;
      }
    }
    return false;
  }

  private void shortText(String text, int count) throws OutputTooLarge {
    reserve(count);
    byte[] out = bytes;
    int at = length;
    int i = 0;
    for (; i < count; i++) {
      char c = text.charAt(i);
      if (c >= ESCAPES.length || ESCAPES[c] != 0) {
        break;
      }
      out[at++] = (byte) c;
    }
    length = at;
    if (i < count) {
      characters(text, i, count, true);
    }
  }

  /** Characters one by one, with or without escapes. */
  void characters(CharSequence text, int from, int to, boolean escape) throws OutputTooLarge {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < ESCAPES.length) {
        if (escape && ESCAPES[c] != 0) {
          escape(c, ESCAPES[c]);
        } else {
          put(c);
        }
      } else if (!Character.isSurrogate(c)) {
        codePoint(c);
      } else if (i + 1 < to && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        codePoint(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        escape(c, (byte) 'u'); // half a pair has no UTF-8
      }
    }
  }

  private void codePoint(int codePoint) throws OutputTooLarge {
    reserve(codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4);
    length = Utf8.write(bytes, length, codePoint);
  }

  private void escape(char c, byte letter) throws OutputTooLarge {
    reserve(letter == 'u' ? LONGEST_ESCAPE : 2);
    bytes[length++] = '\\';
    bytes[length++] = letter;
    if (letter == 'u') {
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[length++] = HEX[(c >> shift) & 0xF];
      }
    }
  }

  /** UTF-8 between quotes, with escapes. */
  void utf8String(byte[] text, int from, int count) throws OutputTooLarge {
    put('"');
    for (int i = from; i < from + count; i++) {
      byte b = text[i];
      if (b >= 0 && ESCAPES[b] != 0) {
        escape((char) b, ESCAPES[b]);
      } else {
        reserve(1);
        bytes[length++] = b;
      }
    }
    put('"');
  }
}
