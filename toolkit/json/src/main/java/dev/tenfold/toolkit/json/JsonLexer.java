package dev.tenfold.toolkit.json;

import java.nio.charset.StandardCharsets;

/**
 * Reads the words of JSON: strict RFC 8259 in strict UTF-8. It stands before a word or behind one,
 * and says of the last word where it is. Nothing is decoded before it is asked for.
 */
final class JsonLexer {
  private static final byte[] NONE = {};
  private static final int HEX_DIGITS = 4;
  private static final int LONGEST_KEPT_TEXT = 16 << 10;

  private final Limits limits;

  private byte[] json = NONE;
  private int at;
  private int end;

  // The last string without its quotes, or the last number.
  private int from;
  private int to;
  private boolean escaped;
  private boolean ascii;
  private boolean integer;
  private long whole;

  private StringBuilder decoded = new StringBuilder();

  JsonLexer(Limits limits) {
    this.limits = limits;
  }

  void start(byte[] bytes, int start, int stop) {
    json = bytes;
    at = start;
    end = stop;
  }

  /** Lets go of the bytes. */
  void clear() {
    json = NONE;
    at = 0;
    end = 0;
    if (decoded.capacity() > LONGEST_KEPT_TEXT) {
      decoded = new StringBuilder();
    }
  }

  byte[] json() {
    return json;
  }

  /** The index at which it stands. */
  int at() {
    return at;
  }

  int end() {
    return end;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Whether the last string holds an escape. */
  boolean escaped() {
    return escaped;
  }

  /** Whether the last string is ASCII, as it is written. */
  boolean ascii() {
    return ascii;
  }

  /** Whether the last number has neither fraction nor exponent. */
  boolean integer() {
    return integer;
  }

  /** The last number without its sign, if it is an integer of 18 digits or fewer. */
  long whole() {
    return whole;
  }

  /** Passes white space; the byte at which it stands then, or -1 at the end. */
  int peek() {
    int here = at;
    if (here < end && json[here] > ' ') {
      return json[here];
    }
    while (here < end && isSpace(json[here])) {
      here++;
    }
    at = here;
    return here < end ? json[here] & 0xFF : -1;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Passes so many bytes, which the caller has looked at. */
  void pass(int count) {
    at += count;
  }

  BadInput malformed(String rule) {
    return at == end
        ? BadInput.malformed("the message ends too early", at)
        : BadInput.malformed(rule, at);
  }

  void literal(String word) throws BadInput {
    for (int i = 0; i < word.length(); i++) {
      if (byteAt(at + i) != word.charAt(i)) {
        at = Math.min(at + i, end);
        throw malformed("a word is not true, false or null");
      }
    }
    at += word.length();
  }

  /** Reads the number that starts where it stands. */
  void number() throws BadInput {
    from = at;
    int first = json[at] == '-' ? at + 1 : at;
    int here = byteAt(first) == '0' ? zero(first) : digits(first);
    integer = true;
    byte next = byteAt(here);
    if (next == '.' || (next | 0x20) == 'e') {
      integer = false;
      here = fractionAndExponent(here);
    }
    limits.checkNumber(here - from, from);
    at = to = here;
  }

  private int fractionAndExponent(int from) throws BadInput {
    int here = byteAt(from) == '.' ? digits(from + 1) : from;
    if ((byteAt(here) | 0x20) == 'e') {
      byte sign = byteAt(here + 1);
      here = digits(sign == '+' || sign == '-' ? here + 2 : here + 1);
    }
    return here;
  }

  private int zero(int here) {
    whole = 0;
    return here + 1;
  }

  private int digits(int first) throws BadInput {
    byte[] bytes = json;
    long sum = 0;
    int here = first;
    while (here < end && bytes[here] >= '0' && bytes[here] <= '9') {
      sum = sum * 10 + (bytes[here] - '0');
      here++;
    }
    whole = sum;
    if (here == first) {
      at = Math.min(here, end);
      throw malformed("a number needs a digit");
    }
    return here;
  }

  /** Reads the string at whose opening quote it stands. */
  void string() throws BadInput {
    byte[] bytes = json;
    escaped = false;
    ascii = true;
    from = at + 1;
    int here = from;
    while (true) {
      here = plain(bytes, here);
      byte special = byteAt(here);
      if (special == '"') {
        to = here;
        at = here + 1;
        limits.checkString(to - from, from);
        return;
      }
      here = special == '\\' ? escape(here) : sequence(bytes, here);
    }
  }

  /** The index of the first byte that is special inside a string, or the end. */
  private int plain(byte[] bytes, int start) {
    int here = start;
    for (; here + Words.BYTES <= end; here += Words.BYTES) {
      long special = Words.special(bytes, here);
      if (special != 0) {
        return here + Words.first(special);
      }
    }
    while (here < end && bytes[here] >= ' ' && bytes[here] != '"' && bytes[here] != '\\') {
      here++;
    }
    return here;
  }

  private int sequence(byte[] bytes, int here) throws BadInput {
    at = here;
    if (here == end || bytes[here] >= 0) {
      throw malformed("a string holds a control character");
    }
    ascii = false;
    int after = Utf8.end(bytes, here, end);
    if (after < 0) {
      throw malformed("a string is not UTF-8");
    }
    return after;
  }

  private int escape(int backslash) throws BadInput {
    escaped = true;
    return switch (byteAt(backslash + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> hexDigits(backslash + 2);
      default -> {
        at = Math.min(backslash + 1, end);
        throw malformed("an escape is not known");
      }
    };
  }

  private int hexDigits(int first) throws BadInput {
    for (int i = first; i < first + HEX_DIGITS; i++) {
      if (Character.digit(byteAt(i), 16) < 0) {
        at = Math.min(i, end);
        throw malformed("an escape needs four hex digits");
      }
    }
    return first + HEX_DIGITS;
  }

  /** The last string, decoded, or the last number as it is written. */
  String text() {
    if (escaped) {
      return unescaped();
    }
    return new String(
        json, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** The last number as it is written. */
  String numberText() {
    return new String(json, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String unescaped() {
    StringBuilder text = decoded;
    text.setLength(0);
    int here = from;
    while (here < to) {
      int backslash = here;
      while (backslash < to && json[backslash] != '\\') {
        backslash++;
      }
      text.append(new String(json, here, backslash - here, StandardCharsets.UTF_8));
      here = backslash;
      if (here < to) {
        boolean unicode = json[here + 1] == 'u';
        text.append(unicode ? unit(here + 2) : named(json[here + 1]));
        here += unicode ? 2 + HEX_DIGITS : 2;
      }
    }
    return text.toString();
  }

  private char unit(int digits) {
    int unit = 0;
    for (int i = digits; i < digits + HEX_DIGITS; i++) {
      unit = (unit << 4) | Character.digit(json[i], 16);
    }
    return (char) unit;
  }

  private static char named(byte name) {
    return switch (name) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) name;
    };
  }

  private byte byteAt(int index) {
    return index < end ? json[index] : 0;
  }
}
