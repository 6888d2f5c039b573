package dev.tenfold.loadgen;

import java.util.Arrays;

/**
 * Reads the body of a reply as it comes, in parts of any size, and keeps nothing of it. Not
 * thread-safe; allocates nothing but for errors.
 *
 * <p>1. It walks through the members of each reply and looks at {@code id}, {@code error} and its
 * {@code code}, and at whether there is a {@code result}; all other values are passed over by
 * counting brackets outside of texts. So what is cut off or garbled is found, while a letter that
 * is wrong in the midst of a result is not.
 *
 * <p>2. Nearly all single replies have their id before their result. Once both have been seen,
 * there is nothing left to learn but whether the last byte closes the reply: the rest, which is
 * most of the bytes, is not looked at. A batch is read to its end, since the next reply stands
 * there.
 */
final class BodyScan {
  private static final int OPEN = 0;
  private static final int BEFORE_NAME = 1;
  private static final int NAME = 2;
  private static final int BEFORE_COLON = 3;
  private static final int BEFORE_VALUE = 4;
  private static final int ATOM = 5;
  private static final int TEXT = 6;
  private static final int NESTED = 7;
  private static final int NESTED_TEXT = 8;
  private static final int AFTER_VALUE = 9;
  private static final int CLOSED = 10;
  private static final int BETWEEN = 11;
  private static final int REST = 12;
  private static final int BROKEN = 13;

  private static final long NO_ID = -1;
  private static final long NULL_ID = -2;
  private static final int LONGEST_NAME = 6;
  private static final int LONGEST_ATOM = 19;

  private final byte[] name = new byte[LONGEST_NAME];
  private final byte[] atom = new byte[LONGEST_ATOM];
  private int nameLength;
  private int atomLength;
  private int state;
  private int depth;
  private boolean escaped;
  private byte last;

  private boolean batch;
  private boolean inError;
  private boolean hasResult;
  private boolean hasError;
  private long id;
  private int code;
  private Member member = Member.OTHER;

  private long firstId;
  private int expected;
  private int answered;
  private boolean wrongId;
  private long[] seen = new long[1];
  private int[] codes = new int[4];
  private int errors;

  private enum Member {
    ID,
    RESULT,
    ERROR,
    CODE,
    OTHER
  }

  /** Begins the reply to calls with the identifiers from here on. */
  void begin(long first, int calls) {
    firstId = first;
    expected = calls;
    answered = 0;
    wrongId = false;
    errors = 0;
    state = OPEN;
    batch = false;
    last = 0;
    int words = (calls + 63) / 64;
    if (words > seen.length) {
      seen = new long[words];
    }
    Arrays.fill(seen, 0, words, 0);
    beginReply();
  }

  /** Reads on. */
  void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state != REST) {
      at =
          switch (state) {
            case NESTED -> nested(bytes, at, to);
            case TEXT, NESTED_TEXT -> text(bytes, at, to);
            default -> {
              step(bytes[at]);
              yield at + 1;
            }
          };
    }
    if (state == REST) {
      lastOf(bytes, at, to);
    }
  }

  /** The body is whole. True if it was JSON-RPC, as far as was looked. */
  boolean isWhole() {
    return state == CLOSED || (state == REST && last == '}');
  }

  /** True if an identifier was not asked for, came twice, or is missing. */
  boolean isWrongId() {
    return wrongId || (errors == 0 && answered != expected);
  }

  /** How many calls were answered with an error. */
  int errors() {
    return errors;
  }

  /** The code of an error. */
  int code(int error) {
    return codes[error];
  }

  private void lastOf(byte[] bytes, int from, int to) {
    for (int at = to - 1; at >= from; at--) {
      if (!isSpace(bytes[at])) {
        last = bytes[at];
        return;
      }
    }
  }

  private int nested(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '"') {
        state = NESTED_TEXT;
        return at + 1;
      }
      if ((b == '}' || b == ']') && --depth == 0) {
        state = AFTER_VALUE;
        return at + 1;
      }
      if (b == '{' || b == '[') {
        depth++;
      }
    }
    return to;
  }

  private int text(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (escaped) {
        escaped = false;
      } else if (b == '\\') {
        escaped = true;
      } else if (b == '"') {
        state = state == TEXT ? AFTER_VALUE : NESTED;
        return at + 1;
      }
    }
    return to;
  }

  private void step(byte b) {
    switch (state) {
      case NAME -> inName(b);
      case ATOM -> inAtom(b);
      default -> {
        if (!isSpace(b)) {
          token(b);
        }
      }
    }
  }

  private void token(byte b) {
    switch (state) {
      case OPEN -> open(b);
      case BEFORE_NAME -> beforeName(b);
      case BEFORE_COLON -> state = b == ':' ? BEFORE_VALUE : BROKEN;
      case BEFORE_VALUE -> value(b);
      case AFTER_VALUE -> afterValue(b);
      case BETWEEN -> between(b);
      default -> state = BROKEN;
    }
  }

  private void open(byte b) {
    if (b == '[' && !batch) {
      batch = true;
    } else if (b == '{') {
      beginReply();
      state = BEFORE_NAME;
    } else {
      state = BROKEN;
    }
  }

  private void between(byte b) {
    state =
        switch (b) {
          case ',' -> OPEN;
          case ']' -> CLOSED;
          default -> BROKEN;
        };
  }

  private void beginReply() {
    inError = false;
    hasResult = false;
    hasError = false;
    id = NO_ID;
    code = 0;
  }

  private void beforeName(byte b) {
    nameLength = 0;
    if (b == '"') {
      state = NAME;
    } else if (b == '}') {
      endObject();
    } else {
      state = BROKEN;
    }
  }

  private void inName(byte b) {
    if (b == '"' && !escaped) {
      member = member();
      state = BEFORE_COLON;
      return;
    }
    escaped = b == '\\' && !escaped;
    if (nameLength < LONGEST_NAME) {
      name[nameLength] = b;
    }
    nameLength++;
  }

  private Member member() {
    if (inError) {
      return isName("code") ? Member.CODE : Member.OTHER;
    }
    return isName("id")
        ? Member.ID
        : isName("result") ? Member.RESULT : isName("error") ? Member.ERROR : Member.OTHER;
  }

  private boolean isName(String wanted) {
    if (nameLength != wanted.length()) {
      return false;
    }
    for (int i = 0; i < nameLength; i++) {
      if (name[i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void value(byte b) {
    hasResult |= member == Member.RESULT;
    if (member == Member.ERROR && b == '{') {
      hasError = true;
      inError = true;
      state = BEFORE_NAME;
    } else if (!batch && member == Member.RESULT && id != NO_ID && b != 'n') {
      state = REST;
      last = b;
      endReply();
    } else if (b == '"') {
      state = TEXT;
    } else if (b == '{' || b == '[') {
      depth = 1;
      state = NESTED;
    } else {
      atomLength = 0;
      state = ATOM;
      inAtom(b);
    }
  }

  private void inAtom(byte b) {
    if (b == ',' || b == '}' || isSpace(b)) {
      atom();
      if (state != BROKEN) {
        state = AFTER_VALUE;
        step(b);
      }
      return;
    }
    if (atomLength < LONGEST_ATOM) {
      atom[atomLength] = b;
    }
    atomLength++;
  }

  private void atom() {
    byte first = atom[0];
    boolean digits = first == '-' || (first >= '0' && first <= '9');
    if (atomLength == 0 || !(digits || first == 'n' || first == 't' || first == 'f')) {
      state = BROKEN;
    } else if (member == Member.ID) {
      id = first == 'n' ? NULL_ID : digits ? number() : NO_ID;
    } else if (member == Member.CODE) {
      code = (int) number();
    } else if (member == Member.ERROR && first != 'n') {
      state = BROKEN;
    }
  }

  /** A whole number; {@link #NO_ID} for what is none. */
  private long number() {
    boolean negative = atom[0] == '-';
    if (atomLength >= LONGEST_ATOM) {
      return NO_ID;
    }
    long value = 0;
    for (int i = negative ? 1 : 0; i < atomLength; i++) {
      if (atom[i] < '0' || atom[i] > '9') {
        return NO_ID;
      }
      value = value * 10 + atom[i] - '0';
    }
    return negative ? -value : value;
  }

  private void afterValue(byte b) {
    if (b == ',') {
      state = BEFORE_NAME;
    } else if (b == '}') {
      endObject();
    } else {
      state = BROKEN;
    }
  }

  private void endObject() {
    if (inError) {
      inError = false;
      state = AFTER_VALUE;
      return;
    }
    state = hasError || hasResult ? (batch ? BETWEEN : CLOSED) : BROKEN;
    if (state != BROKEN) {
      endReply();
    }
  }

  private void endReply() {
    answered++;
    if (hasError) {
      addCode();
    }
    // An error without an id is about a request whose id could not be read.
    if (!(hasError && (id == NULL_ID || id == NO_ID))) {
      long place = id - firstId;
      boolean known = place >= 0 && place < expected;
      wrongId |= !known || (seen[(int) (place >> 6)] & (1L << place)) != 0;
      if (known) {
        seen[(int) (place >> 6)] |= 1L << place;
      }
    }
  }

  private void addCode() {
    if (errors == Mix.LARGEST_BATCH) {
      return; // more than were asked: the rest shows as a wrong id
    }
    if (errors == codes.length) {
      codes = Arrays.copyOf(codes, codes.length * 2);
    }
    codes[errors] = code;
    errors++;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
