package dev.tenfold.toolkit.jsonrpc;

/**
 * The grammar of {@link JsonCursor} for a text that comes in pieces, cut anywhere: a pushdown
 * automaton whose whole state is a few numbers and one bit for each open level. It is compared with
 * the cursor by properties and by fuzzing.
 *
 * <p>The text has to be one object. Of its members it says their names, and where their values
 * begin and end; of what lies deeper nothing.
 */
abstract class JsonPushParser {
  private static final int VALUE = 0;
  private static final int FIRST_NAME = 1;
  private static final int NAME = 2;
  private static final int FIRST_ELEMENT = 3;
  private static final int COLON = 4;
  private static final int AFTER_VALUE = 5;
  private static final int STRING = 6;
  private static final int ESCAPE = 7;
  private static final int HEX = 8;
  private static final int UTF8 = 9;
  private static final int LITERAL = 10;
  private static final int MINUS = 11;
  private static final int ZERO = 12;
  private static final int INTEGER = 13;
  private static final int POINT = 14;
  private static final int FRACTION = 15;
  private static final int EXPONENT = 16;
  private static final int SIGN = 17;
  private static final int POWER = 18;
  private static final int DONE = 19;
  private static final int FAILED = 20;

  private static final int HEX_DIGITS = 4;
  private static final byte[] NOTHING = {};

  private final int maxDepth;
  private final long[] objects;
  private int depth;
  private int state = VALUE;

  private String word = "";
  private int left;
  private int low;
  private int high;
  private boolean inName;
  private byte[] piece = NOTHING;

  JsonPushParser(int maxDepth) {
    if (maxDepth < 1) {
      throw new IllegalArgumentException("maxDepth is " + maxDepth + ", has to be 1 or more");
    }
    this.maxDepth = maxDepth;
    this.objects = new long[(maxDepth + Long.SIZE - 1) / Long.SIZE];
  }

  /** Some bytes of the name of the next member, as it is written; a name comes in several calls. */
  abstract void named(byte[] piece, int from, int to);

  /** The member's value begins with this byte, at this index of the piece; false refuses it. */
  abstract boolean began(byte first, int at);

  /** The member's value has ended before this index of the piece; false refuses it. */
  abstract boolean ended(byte[] piece, int at);

  /** False once something cannot be right; all that follows is ignored then. */
  final boolean push(byte[] bytes, int from, int to) {
    piece = bytes;
    int at = from;
    while (at < to && state != FAILED) {
      at = state == STRING ? string(bytes, at, to) : step(bytes, at);
    }
    piece = NOTHING;
    return state != FAILED;
  }

  /** Whether the object has been closed, with nothing wrong up to here. */
  final boolean isDone() {
    return state == DONE;
  }

  /** Takes the byte at the index, and gives the index to go on with. */
  private int step(byte[] bytes, int at) {
    byte b = bytes[at];
    switch (state) {
      case VALUE, FIRST_ELEMENT -> value(b, at);
      case FIRST_NAME, NAME -> name(b, at);
      case COLON -> punctuation(b == ':', VALUE, b);
      case AFTER_VALUE -> afterValue(b, at);
      case ESCAPE, HEX, UTF8 -> inString(bytes, at);
      case LITERAL -> literal(b, at);
      case DONE -> punctuation(false, DONE, b);
      default -> {
        return number(b, at);
      }
    }
    return at + 1;
  }

  private void punctuation(boolean met, int next, byte b) {
    if (met) {
      state = next;
    } else if (!isSpace(b)) {
      state = FAILED;
    }
  }

  private void value(byte b, int at) {
    if (isSpace(b)) {
      return;
    }
    if (b == ']' && state == FIRST_ELEMENT) {
      leave(at);
      return;
    }
    if (depth == 0 ? b != '{' : depth == 1 && !began(b, at)) {
      state = FAILED;
      return;
    }
    switch (b) {
      case '{' -> enter(true);
      case '[' -> enter(false);
      case '"' -> openString(false);
      case 't' -> openLiteral("true");
      case 'f' -> openLiteral("false");
      case 'n' -> openLiteral("null");
      case '-' -> state = MINUS;
      case '0' -> state = ZERO;
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> state = INTEGER;
      default -> state = FAILED;
    }
  }

  private void name(byte b, int at) {
    if (b == '"') {
      openString(true);
    } else if (b == '}' && state == FIRST_NAME) {
      leave(at);
    } else if (!isSpace(b)) {
      state = FAILED;
    }
  }

  private void afterValue(byte b, int at) {
    boolean object = inObject();
    if (b == ',') {
      state = object ? NAME : VALUE;
    } else if (b == (object ? '}' : ']')) {
      leave(at);
    } else if (!isSpace(b)) {
      state = FAILED;
    }
  }

  private void enter(boolean object) {
    if (depth == maxDepth) {
      state = FAILED;
      return;
    }
    long bit = 1L << depth;
    int index = depth >> 6;
    objects[index] = object ? objects[index] | bit : objects[index] & ~bit;
    depth++;
    state = object ? FIRST_NAME : FIRST_ELEMENT;
  }

  private void leave(int at) {
    depth--;
    complete(at + 1);
  }

  private void complete(int end) {
    state = depth == 0 ? DONE : AFTER_VALUE;
    if (depth == 1 && !ended(piece, end)) {
      state = FAILED;
    }
  }

  private boolean inObject() {
    int level = depth - 1;
    return ((objects[level >> 6] >>> level) & 1) != 0;
  }

  private void openString(boolean name) {
    inName = name;
    state = STRING;
  }

  /** Passes what is plain in a string, eight bytes at a time, and takes one byte that is not. */
  private int string(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Words.BYTES <= to; at += Words.BYTES) {
      long special = Words.special(bytes, at);
      if (special != 0) {
        at += Words.first(special);
        break;
      }
    }
    while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    tellName(bytes, from, at);
    if (at < to) {
      special(bytes, at);
      at++;
    }
    return at;
  }

  private void special(byte[] bytes, int at) {
    byte b = bytes[at];
    if (b == '"') {
      closeString(at);
      return;
    }
    tellName(bytes, at, at + 1);
    if (b == '\\') {
      state = ESCAPE;
    } else if (b < 0) {
      openSequence(b & 0xFF);
    } else {
      state = FAILED;
    }
  }

  private void closeString(int at) {
    if (inName) {
      state = COLON;
    } else {
      complete(at + 1);
    }
  }

  private void inString(byte[] bytes, int at) {
    tellName(bytes, at, at + 1);
    switch (state) {
      case ESCAPE -> escape(bytes[at]);
      case HEX -> countDown(Character.digit(bytes[at], 16) >= 0);
      default -> {
        int b = bytes[at] & 0xFF;
        countDown(b >= low && b <= high);
        low = 0x80;
        high = 0xBF;
      }
    }
  }

  private void tellName(byte[] bytes, int from, int to) {
    if (inName && depth == 1) {
      named(bytes, from, to);
    }
  }

  private void escape(byte b) {
    switch (b) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> state = STRING;
      case 'u' -> {
        left = HEX_DIGITS;
        state = HEX;
      }
      default -> state = FAILED;
    }
  }

  /** The first byte of a sequence of UTF-8 says how many follow, and bounds the second. */
  private void openSequence(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      state = FAILED;
      return;
    }
    left = Utf8.length(lead) - 1;
    low = Utf8.secondFrom(lead);
    high = Utf8.secondTo(lead);
    state = UTF8;
  }

  private void countDown(boolean right) {
    left--;
    if (!right) {
      state = FAILED;
    } else if (left == 0) {
      state = STRING;
    }
  }

  private void openLiteral(String literal) {
    word = literal;
    left = literal.length() - 1;
    state = LITERAL;
  }

  private void literal(byte b, int at) {
    if (b != word.charAt(word.length() - left)) {
      state = FAILED;
      return;
    }
    left--;
    if (left == 0) {
      complete(at + 1);
    }
  }

  /** A number ends with the first byte that does not go on with it, which is then read again. */
  private int number(byte b, int at) {
    boolean digit = b >= '0' && b <= '9';
    state =
        switch (state) {
          case MINUS -> b == '0' ? ZERO : digit ? INTEGER : FAILED;
          case ZERO -> b == '.' ? POINT : tail(b);
          case POINT -> digit ? FRACTION : FAILED;
          case FRACTION -> digit ? FRACTION : tail(b);
          case EXPONENT -> b == '+' || b == '-' ? SIGN : digit ? POWER : FAILED;
          case SIGN -> digit ? POWER : FAILED;
          case POWER -> digit ? POWER : VALUE;
          default -> digit ? INTEGER : b == '.' ? POINT : tail(b);
        };
    if (state != VALUE) {
      return at + 1;
    }
    complete(at);
    return at;
  }

  /** Behind the digits: an exponent, or the end of the number, said as {@link #VALUE}. */
  private static int tail(byte b) {
    return (b | 0x20) == 'e' ? EXPONENT : VALUE;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
