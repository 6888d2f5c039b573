package dev.tenfold.gateway.evm;

import dev.tenfold.toolkit.jsonrpc.JsonSpans;

/**
 * Whether an object has only members that are known. Go, and so geth, reads member names without
 * regard to case: {@code {"toBlock": "0x1", "ToBlock": "latest"}} means {@code latest} there. Where
 * a block depends on an object, one with a member of any other spelling is not trusted.
 */
final class MemberNames {
  private MemberNames() {}

  /**
   * True if the raw name of each member of the object at {@code from} is one of the given. A name
   * with an escape is none of them. Allocates nothing.
   */
  static boolean allAmong(byte[] json, int from, int to, String[] names) {
    return among(json, from, to, names, false);
  }

  /** The same, and no name stands there twice. At most 32 names may be given. */
  static boolean eachOnceAmong(byte[] json, int from, int to, String[] names) {
    return among(json, from, to, names, true);
  }

  private static boolean among(byte[] json, int from, int to, String[] names, boolean once) {
    int seen = 0;
    int at = JsonSpans.skipSpace(json, from + 1, to);
    while (json[at] != '}') {
      int nameEnd = JsonSpans.valueEnd(json, at, to);
      int name = index(json, at + 1, nameEnd - 1, names);
      if (name < 0 || (once && ((seen >>> name) & 1) != 0)) {
        return false;
      }
      seen |= 1 << name;
      int colon = JsonSpans.skipSpace(json, nameEnd, to);
      int value = JsonSpans.skipSpace(json, colon + 1, to);
      at = JsonSpans.skipSpace(json, JsonSpans.valueEnd(json, value, to), to);
      if (json[at] == ',') {
        at = JsonSpans.skipSpace(json, at + 1, to);
      }
    }
    return true;
  }

  private static int index(byte[] json, int from, int to, String[] names) {
    for (int i = 0; i < names.length; i++) {
      if (equal(json, from, to, names[i])) {
        return i;
      }
    }
    return -1;
  }

  private static boolean equal(byte[] json, int from, int to, String name) {
    if (to - from != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (json[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
