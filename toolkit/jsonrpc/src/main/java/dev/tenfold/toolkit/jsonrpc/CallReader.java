package dev.tenfold.toolkit.jsonrpc;

import dev.tenfold.toolkit.jsonrpc.RequestScanner.Problem;

/** Reads one call: one path for a single call and for a member of a batch. */
final class CallReader {
  private static final int JSONRPC = 1;
  private static final int ID = 1 << 1;
  private static final int METHOD = 1 << 2;
  private static final int PARAMS = 1 << 3;
  private static final int OTHER = 0;

  private final MemberNames others = new MemberNames();

  int idFrom;
  int idTo;
  int methodFrom;
  int methodTo;
  boolean methodEscaped;
  int paramsFrom;
  int paramsTo;

  private boolean object;
  private boolean duplicate;
  private int seen;
  private int right;

  /** Reads the value at which the cursor stands; false if that failed. */
  boolean read(byte[] body, JsonCursor cursor) {
    clear();
    object = cursor.peek() == '{';
    if (!object) {
      return cursor.value();
    }
    if (!cursor.enter()) {
      return false;
    }
    while (cursor.next()) {
      if (!member(body, cursor)) {
        return false;
      }
    }
    return !cursor.failed();
  }

  private void clear() {
    others.clear();
    idFrom = idTo = 0;
    methodFrom = methodTo = 0;
    methodEscaped = false;
    paramsFrom = paramsTo = 0;
    duplicate = false;
    seen = 0;
    right = 0;
  }

  private boolean member(byte[] body, JsonCursor cursor) {
    int name = name(cursor);
    boolean again =
        name == OTHER ? !others.add(body, cursor.nameFrom(), cursor.nameTo()) : (seen & name) != 0;
    seen |= name;
    duplicate |= again;
    int from = cursor.at();
    if (!cursor.value()) {
      return false;
    }
    if (!again) {
      take(name, body, from, cursor.at(), cursor.escaped());
    } else if (name == ID) {
      idFrom = idTo = 0;
    }
    return true;
  }

  private static int name(JsonCursor cursor) {
    if (cursor.nameIs("id")) {
      return ID;
    }
    if (cursor.nameIs("method")) {
      return METHOD;
    }
    if (cursor.nameIs("params")) {
      return PARAMS;
    }
    return cursor.nameIs("jsonrpc") ? JSONRPC : OTHER;
  }

  private void take(int name, byte[] body, int from, int to, boolean escaped) {
    byte first = body[from];
    boolean string = first == '"';
    switch (name) {
      case JSONRPC -> {
        if (string && JsonText.equals(body, from + 1, to - 1, escaped, "2.0")) {
          right |= JSONRPC;
        }
      }
      case ID -> {
        if (string || first == 'n' || isNumber(first)) {
          right |= ID;
          idFrom = from;
          idTo = to;
        }
      }
      case METHOD -> {
        if (string) {
          right |= METHOD;
          methodFrom = from + 1;
          methodTo = to - 1;
          methodEscaped = escaped;
        }
      }
      case PARAMS -> {
        if (first == '[' || first == '{') {
          right |= PARAMS;
          paramsFrom = from;
          paramsTo = to;
        }
      }
      default -> {}
    }
  }

  private static boolean isNumber(byte first) {
    return first == '-' || (first >= '0' && first <= '9');
  }

  boolean hasId() {
    return (seen & ID) != 0;
  }

  Problem problem() {
    if (!object) {
      return Problem.NOT_AN_OBJECT;
    }
    if (duplicate) {
      return Problem.DUPLICATE_MEMBER;
    }
    int wrong = (seen | JSONRPC | METHOD) & ~right;
    if ((wrong & JSONRPC) != 0) {
      return Problem.VERSION;
    }
    if ((wrong & METHOD) != 0) {
      return Problem.METHOD;
    }
    if ((wrong & PARAMS) != 0) {
      return Problem.PARAMS;
    }
    return wrong == 0 ? Problem.NONE : Problem.ID;
  }
}
