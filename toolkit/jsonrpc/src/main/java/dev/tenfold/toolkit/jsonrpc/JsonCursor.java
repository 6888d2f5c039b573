package dev.tenfold.toolkit.jsonrpc;

/**
 * The one grammar that everything here is read with: strict RFC 8259 in strict UTF-8, in one pass,
 * without recursion and without allocation.
 *
 * <p>A cursor stands at the start of a value or right behind one. {@link #value} passes over a
 * whole value. To look inside, {@link #enter} an object or array and call {@link #next} until it
 * says that it was left; between two calls each value has to be passed or entered. {@link #finish}
 * sees to it that nothing but white space follows. Once a method failed, {@link #failed} stays
 * true, and nothing but {@link #start} may be called.
 *
 * <p>What kind of container each open level is stands in one bit, so a limit of a million levels
 * costs 128 KiB once, and a level costs no stack.
 */
final class JsonCursor {
  private static final byte[] EMPTY = {};
  private static final int HEX_DIGITS = 4;

  private final int maxDepth;
  private final long[] objects;

  private byte[] json = EMPTY;
  private int at;
  private int end;
  private int depth;
  private boolean fresh;
  private int failedAt = -1;
  private boolean tooDeep;
  private boolean escaped;
  private int nameFrom;
  private int nameTo;
  private boolean nameEscaped;

  /**
   * @param maxDepth how many objects and arrays may be open at once, 1 or more
   */
  JsonCursor(int maxDepth) {
    if (maxDepth < 1) {
      throw new IllegalArgumentException("maxDepth is " + maxDepth + ", has to be 1 or more");
    }
    this.maxDepth = maxDepth;
    this.objects = new long[(maxDepth + Long.SIZE - 1) / Long.SIZE];
  }

  /** Stands at the first value. */
  void start(byte[] bytes, int from, int to) {
    json = bytes;
    end = to;
    depth = 0;
    failedAt = -1;
    tooDeep = false;
    at = space(from);
  }

  /** The index at which it stands. */
  int at() {
    return at;
  }

  /** The byte at which it stands; 0, which starts no value, behind the last one. */
  byte peek() {
    return byteAt(at);
  }

  int depth() {
    return depth;
  }

  /** Whether nothing was read yet of the container that was entered last. */
  boolean isFresh() {
    return fresh;
  }

  /** Whether the innermost open container is an object. */
  boolean inObject() {
    int level = depth - 1;
    return ((objects[level >> 6] >>> level) & 1) != 0;
  }

  boolean failed() {
    return failedAt >= 0;
  }

  /** Whether it failed because one more level would have been one too many. */
  boolean tooDeep() {
    return tooDeep;
  }

  /** The index of the first byte that cannot be right, or -1. */
  int failedAt() {
    return failedAt;
  }

  /** The name of the member that {@link #next} came to, without its quotes. */
  int nameFrom() {
    return nameFrom;
  }

  int nameTo() {
    return nameTo;
  }

  boolean nameEscaped() {
    return nameEscaped;
  }

  /** Whether the name that {@link #next} came to is this one, which is ASCII. */
  boolean nameIs(String ascii) {
    return JsonText.equals(json, nameFrom, nameTo, nameEscaped, ascii);
  }

  /** Whether the string that was read last holds an escape. */
  boolean escaped() {
    return escaped;
  }

  /** Enters the object or array at which it stands. */
  boolean enter() {
    if (depth == maxDepth) {
      tooDeep = true;
      return fail(at);
    }
    long bit = 1L << depth;
    int word = depth >> 6;
    objects[word] = json[at] == '{' ? objects[word] | bit : objects[word] & ~bit;
    depth++;
    at++;
    fresh = true;
    return true;
  }

  /**
   * Goes to the next value of the innermost container, past the comma and, in an object, past the
   * name. False if there is none and the container was left, or if it failed.
   */
  boolean next() {
    boolean object = inObject();
    int here = space(at);
    byte first = byteAt(here);
    if (first == (object ? '}' : ']')) {
      at = here + 1;
      depth--;
      fresh = false;
      return false;
    }
    if (!fresh) {
      if (first != ',') {
        return fail(here);
      }
      here = space(here + 1);
    }
    fresh = false;
    at = here;
    return !object || name();
  }

  private boolean name() {
    int open = at;
    if (peek() != '"') {
      return fail(open);
    }
    if (!string()) {
      return false;
    }
    nameFrom = open + 1;
    nameTo = at - 1;
    nameEscaped = escaped;
    int colon = space(at);
    if (byteAt(colon) != ':') {
      return fail(colon);
    }
    at = space(colon + 1);
    return true;
  }

  /** Passes over the value at which it stands. */
  boolean value() {
    int floor = depth;
    if (!open()) {
      return false;
    }
    while (depth > floor) {
      if (next()) {
        if (!open()) {
          return false;
        }
      } else if (failed()) {
        return false;
      }
    }
    return true;
  }

  /** True if only white space follows. */
  boolean finish() {
    at = space(at);
    return at == end || fail(at);
  }

  private boolean open() {
    return switch (peek()) {
      case '{', '[' -> enter();
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> fail(at);
    };
  }

  private boolean literal(String word) {
    for (int i = 1; i < word.length(); i++) {
      if (byteAt(at + i) != word.charAt(i)) {
        return fail(at + i);
      }
    }
    at += word.length();
    return true;
  }

  private boolean number() {
    int start = json[at] == '-' ? at + 1 : at;
    int here = byteAt(start) == '0' ? start + 1 : digits(start);
    if (here == start) {
      return fail(here);
    }
    if (byteAt(here) == '.') {
      int fraction = here + 1;
      here = digits(fraction);
      if (here == fraction) {
        return fail(here);
      }
    }
    if ((byteAt(here) | 0x20) == 'e') {
      byte sign = byteAt(here + 1);
      int exponent = sign == '+' || sign == '-' ? here + 2 : here + 1;
      here = digits(exponent);
      if (here == exponent) {
        return fail(here);
      }
    }
    at = here;
    return true;
  }

  private int digits(int from) {
    int here = from;
    while (here < end && json[here] >= '0' && json[here] <= '9') {
      here++;
    }
    return here;
  }

  private boolean string() {
    escaped = false;
    int here = at + 1;
    while (true) {
      here = plain(here);
      byte special = byteAt(here);
      if (special == '"') {
        at = here + 1;
        return true;
      }
      int after;
      if (special == '\\') {
        escaped = true;
        after = escape(here);
      } else {
        after = special < 0 ? Utf8.end(json, here, end) : -1;
      }
      if (after < 0) {
        return fail(here);
      }
      here = after;
    }
  }

  /** The index of the first byte that is special inside a string, or the end. */
  private int plain(int from) {
    int here = from;
    for (; here + Words.BYTES <= end; here += Words.BYTES) {
      long special = Words.special(json, here);
      if (special != 0) {
        return here + Words.first(special);
      }
    }
    while (here < end && json[here] >= ' ' && json[here] != '"' && json[here] != '\\') {
      here++;
    }
    return here;
  }

  private int escape(int backslash) {
    return switch (byteAt(backslash + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> hexDigits(backslash + 2);
      default -> -1;
    };
  }

  private int hexDigits(int from) {
    int to = from + HEX_DIGITS;
    for (int i = from; i < to; i++) {
      if (Character.digit(byteAt(i), 16) < 0) {
        return -1;
      }
    }
    return to;
  }

  private int space(int from) {
    int here = from;
    while (here < end && json[here] <= ' ' && isSpace(json[here])) {
      here++;
    }
    return here;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private byte byteAt(int index) {
    return index < end ? json[index] : 0;
  }

  private boolean fail(int index) {
    failedAt = Math.min(index, end);
    return false;
  }
}
