package dev.tenfold.toolkit.jsonrpc;

/**
 * Walks JSON that is already known to be valid, such as the spans that {@link RequestScanner} and
 * {@link ReplyScanner} found. Nothing is checked again, and nothing is allocated except where a
 * string is the answer. What these methods say of bytes that are not valid JSON means nothing, but
 * they end, and read nothing beyond {@code to}.
 *
 * <p>{@code from} is where a value starts, behind any white space; {@code to} is where it ends, or
 * later. Each call walks from {@code from}: the cost grows with the bytes that are passed.
 */
public final class JsonSpans {
  private static final long NO_INTEGER = Long.MIN_VALUE;
  private static final int HEX_DIGITS_OF_A_LONG = 16;

  private JsonSpans() {}

  /** The index of the first byte that is not white space, or {@code to}. */
  public static int skipSpace(byte[] json, int from, int to) {
    int at = from;
    while (at < to && isSpace(json[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Where the value that starts at {@code from} ends. */
  public static int valueEnd(byte[] json, int from, int to) {
    if (from >= to) {
      return to;
    }
    return switch (json[from]) {
      case '"' -> stringEnd(json, from, to);
      case '{', '[' -> containerEnd(json, from, to);
      default -> scalarEnd(json, from, to);
    };
  }

  private static int containerEnd(byte[] json, int from, int to) {
    int depth = 0;
    int at = from;
    while (at < to) {
      switch (json[at]) {
        case '"' -> at = stringEnd(json, at, to);
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          at++;
          if (--depth == 0) {
            return at;
          }
        }
        default -> at++;
      }
    }
    return to;
  }

  private static int stringEnd(byte[] json, int from, int to) {
    int at = from + 1;
    while (at < to) {
      byte b = json[at];
      if (b == '"') {
        return at + 1;
      }
      at += b == '\\' ? 2 : 1;
    }
    return to;
  }

  private static int scalarEnd(byte[] json, int from, int to) {
    int at = from;
    while (at < to && !isSpace(json[at]) && json[at] != ',' && json[at] != ']' && json[at] != '}') {
      at++;
    }
    return at;
  }

  /**
   * Where the element with this index of the array at {@code from} starts, or -1 if it has fewer or
   * is no array.
   */
  public static int element(byte[] json, int from, int to, int index) {
    int at = isArray(json, from) ? firstItem(json, from, to) : -1;
    for (int i = 0; i < index && at >= 0; i++) {
      at = nextItem(json, valueEnd(json, at, to), to);
    }
    return at;
  }

  /** How many elements the array at {@code from} has; 0 for what is no array. */
  public static int elementCount(byte[] json, int from, int to) {
    int count = 0;
    int at = isArray(json, from) ? firstItem(json, from, to) : -1;
    while (at >= 0) {
      count++;
      at = nextItem(json, valueEnd(json, at, to), to);
    }
    return count;
  }

  /**
   * Where the value of the first member with this name of the object at {@code from} starts, or -1
   * if it has none or is no object. Names are compared decoded.
   *
   * @param name ASCII
   */
  public static int member(byte[] json, int from, int to, String name) {
    int at = isObject(json, from) ? firstItem(json, from, to) : -1;
    while (at >= 0) {
      int nameEnd = stringEnd(json, at, to);
      int value = skipSpace(json, skipSpace(json, nameEnd, to) + 1, to);
      if (stringEquals(json, at, nameEnd, name)) {
        return value;
      }
      at = nextItem(json, valueEnd(json, value, to), to);
    }
    return -1;
  }

  private static int firstItem(byte[] json, int container, int to) {
    int at = skipSpace(json, container + 1, to);
    return at < to && json[at] != ']' && json[at] != '}' ? at : -1;
  }

  private static int nextItem(byte[] json, int end, int to) {
    int comma = skipSpace(json, end, to);
    return comma < to && json[comma] == ',' ? skipSpace(json, comma + 1, to) : -1;
  }

  /** Whether the value that starts here is a string. */
  public static boolean isString(byte[] json, int at) {
    return startsWith(json, at, '"');
  }

  /** Whether the value that starts here is null. */
  public static boolean isNull(byte[] json, int at) {
    return startsWith(json, at, 'n');
  }

  /** Whether the value that starts here is an object. */
  public static boolean isObject(byte[] json, int at) {
    return startsWith(json, at, '{');
  }

  /** Whether the value that starts here is an array. */
  public static boolean isArray(byte[] json, int at) {
    return startsWith(json, at, '[');
  }

  private static boolean startsWith(byte[] json, int at, char first) {
    return at >= 0 && at < json.length && json[at] == first;
  }

  /** What a string stands for; the span is from its opening quote to behind its closing one. */
  public static String string(byte[] json, int from, int to) {
    return JsonText.decode(json, from + 1, to - 1);
  }

  /**
   * Whether a value is a string that stands for this text, escaped or not; the span is from its
   * opening quote to behind its closing one.
   *
   * @param ascii the text, which is ASCII
   */
  public static boolean stringEquals(byte[] json, int from, int to, String ascii) {
    return to - from >= 2
        && json[from] == '"'
        && JsonText.equals(json, from + 1, to - 1, true, ascii);
  }

  /** Whether the bytes of a span are exactly those of this text, which is ASCII. */
  public static boolean equalsAscii(byte[] json, int from, int to, String ascii) {
    return JsonText.equalsAscii(json, from, to, ascii);
  }

  /**
   * The number that a QUANTITY of the Ethereum JSON-RPC API stands for: {@code "0x1b4"}, with its
   * quotes, is 436. Hex digits of either case; no leading zero but in {@code "0x0"}; no escapes.
   * Anything else, and what is above {@link Long#MAX_VALUE}, is -1.
   */
  public static long hexQuantity(byte[] json, int from, int to) {
    int first = from + 3;
    int digits = to - 1 - first;
    if (digits < 1
        || digits > HEX_DIGITS_OF_A_LONG
        || json[from] != '"'
        || json[from + 1] != '0'
        || json[from + 2] != 'x'
        || json[to - 1] != '"'
        || (json[first] == '0' && digits > 1)) {
      return -1;
    }
    long value = 0;
    for (int at = first; at < to - 1; at++) {
      int digit = Character.digit(json[at], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value < 0 ? -1 : value;
  }

  /** A number written as an integer of 64 bits; {@link Long#MIN_VALUE} for anything else. */
  static long integer(byte[] json, int from, int to) {
    boolean negative = from < to && json[from] == '-';
    int first = negative ? from + 1 : from;
    if (first >= to) {
      return NO_INTEGER;
    }
    long value = 0;
    for (int at = first; at < to; at++) {
      int digit = json[at] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return NO_INTEGER;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }
}
