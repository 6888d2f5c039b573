package dev.tenfold.toolkit.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes the canonical form of JSON values, to be compared byte by byte: the key of a cache.
 *
 * {@snippet file="dev/tenfold/toolkit/jsonrpc/JsonRpcExampleTest.java" region="key"}
 *
 * <p>The form has no white space; the members of an object are sorted by the bytes of their names;
 * escapes are decoded, and only what must be escaped is, in one way; numbers stay as they are
 * written. A string (a value or a name) that is {@code 0x} followed by hex digits only, or by
 * nothing, is in lower case. Nothing else is folded. So two values have the same form exactly if
 * they are the same but for white space, the order of members, the spelling of characters and the
 * case of hex digits.
 *
 * <p>A writer appends: {@link #reset} empties it, {@link #put} adds bytes as they are, {@link
 * #write} adds a value, in which {@link #quantityAt} may have replaced a part. What {@link #array}
 * holds up to {@link #length} is valid until the next of these. A writer is reused, by one thread
 * at a time, and allocates only to grow.
 *
 * <p>Cost: one pass over the value, and a sort of the members of an object that are not in order,
 * O(n log n) for n members. No recursion.
 */
public final class CanonicalWriter {
  /** How many objects and arrays may be open at once in a value: {@value}. */
  public static final int MAX_DEPTH = 1024;

  private static final int INITIAL = 256;
  private static final int NOWHERE = -1;
  private static final int LONGEST_CODE_POINT = 6;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final int LOWER = 1;
  private static final int UPPER = 2;

  /** For each byte 0, or what kind of hex digit it is. */
  private static final byte[] HEX_DIGIT = new byte[1 << Byte.SIZE];

  static {
    for (char digit : "0123456789abcdef".toCharArray()) {
      HEX_DIGIT[digit] = LOWER;
    }
    for (char digit : "ABCDEF".toCharArray()) {
      HEX_DIGIT[digit] = UPPER;
    }
  }

  private final JsonCursor cursor = new JsonCursor(MAX_DEPTH);
  private final MemberOrder members = new MemberOrder();

  private byte[] out = new byte[INITIAL];
  private int length;

  // Values that are written as a quantity instead: where they begin, and the quantity.
  private int firstAt = NOWHERE;
  private int secondAt = NOWHERE;
  private long first;
  private long second;

  /** Makes an empty writer. */
  public CanonicalWriter() {}

  /** Empties it, and forgets what {@link #quantityAt} said. */
  public void reset() {
    length = 0;
    firstAt = NOWHERE;
    secondAt = NOWHERE;
  }

  /**
   * Has {@link #write} put a hex quantity, such as {@code "0x1f"}, in place of the value that
   * begins at this index of the JSON. At most two values of one writing can be replaced.
   *
   * @param quantity 0 or more
   * @throws IllegalStateException for the third
   */
  public void quantityAt(int at, long quantity) {
    if (firstAt == NOWHERE) {
      firstAt = at;
      first = quantity;
    } else if (secondAt == NOWHERE) {
      secondAt = at;
      second = quantity;
    } else {
      throw new IllegalStateException("two values are replaced already");
    }
  }

  /** Appends a hex quantity as a JSON string: {@code "0x1f"}. */
  public void putQuantity(long quantity) {
    int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(quantity) + 3) / 4);
    reserve(digits + 4);
    out[length++] = '"';
    out[length++] = '0';
    out[length++] = 'x';
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out[length++] = HEX[(int) (quantity >> shift) & 0xF];
    }
    out[length++] = '"';
  }

  /**
   * Takes back the last byte.
   *
   * @throws IllegalStateException where none was written
   */
  public void takeBack() {
    if (length == 0) {
      throw new IllegalStateException("nothing was written");
    }
    length--;
  }

  /** Appends one byte as it is. */
  public void put(byte b) {
    reserve(1);
    out[length++] = b;
  }

  /** Appends bytes as they are. */
  public void put(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    int count = to - from;
    reserve(count);
    System.arraycopy(bytes, from, out, length, count);
    length += count;
  }

  /** What was written, up to {@link #length}; the writer's own array, not a copy. */
  public byte[] array() {
    return out;
  }

  /** How many bytes of {@link #array} were written. */
  public int length() {
    return length;
  }

  /**
   * A hash of all that was written. It is well mixed, differs from one run of the JVM to the next,
   * and is equal for equal bytes within one.
   */
  public int hash() {
    return Words.fold(Words.hash(out, length));
  }

  /**
   * Appends the canonical form of the one value in this span.
   *
   * @return false if it has none: an object in it has two members of one name (after escapes are
   *     decoded, and whatever the case of ASCII letters), it is not valid JSON, or it is deeper
   *     than {@link #MAX_DEPTH}. What was appended then means nothing, and {@link #reset} has to
   *     follow.
   */
  public boolean write(byte[] json, int from, int to) {
    Objects.checkFromToIndex(from, to, json.length);
    cursor.start(json, from, to);
    members.clear();
    if (!value(json)) {
      return false;
    }
    while (cursor.depth() > 0) {
      boolean object = cursor.inObject();
      boolean first = cursor.isFresh();
      if (cursor.next()) {
        separate(json, object, first);
        if (!value(json)) {
          return false;
        }
      } else if (cursor.failed() || !close(object, first)) {
        return false;
      }
    }
    return cursor.finish();
  }

  private boolean value(byte[] json) {
    int from = cursor.at();
    if (from == firstAt || from == secondAt) {
      putQuantity(from == firstAt ? first : second);
      return cursor.value();
    }
    byte begin = cursor.peek();
    if (begin == '{' || begin == '[') {
      if (begin == '{') {
        members.open();
      }
      put(begin);
      return cursor.enter();
    }
    if (!cursor.value()) {
      return false;
    }
    if (begin == '"') {
      string(json, from + 1, cursor.at() - 1, cursor.escaped());
    } else {
      put(json, from, cursor.at());
    }
    return true;
  }

  private void separate(byte[] json, boolean object, boolean first) {
    if (!first) {
      if (object) {
        members.end(length);
      }
      put((byte) ',');
    }
    if (object) {
      int start = length;
      string(json, cursor.nameFrom(), cursor.nameTo(), cursor.nameEscaped());
      members.begin(start, length);
      put((byte) ':');
    }
  }

  private boolean close(boolean object, boolean empty) {
    if (object) {
      if (!empty) {
        members.end(length);
      }
      if (!members.close(out)) {
        return false;
      }
    }
    put((byte) (object ? '}' : ']'));
    return true;
  }

  private void string(byte[] json, int from, int to, boolean escaped) {
    put((byte) '"');
    int start = length;
    if (escaped) {
      decode(json, from, to);
    } else {
      put(json, from, to);
    }
    foldHex(start);
    put((byte) '"');
  }

  private void decode(byte[] json, int from, int to) {
    for (int at = from; at < to; ) {
      long read = JsonText.read(json, at);
      at = JsonText.next(read);
      reserve(LONGEST_CODE_POINT);
      character(JsonText.codePoint(read));
    }
  }

  private void character(int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      out[length++] = '\\';
      out[length++] = (byte) codePoint;
    } else if (codePoint < ' ' || JsonText.isSurrogate(codePoint)) {
      out[length++] = '\\';
      out[length++] = 'u';
      for (int shift = 12; shift >= 0; shift -= 4) {
        out[length++] = HEX[(codePoint >> shift) & 0xF];
      }
    } else {
      length = Utf8.write(out, length, codePoint);
    }
  }

  /** Puts what was written from {@code start} on in lower case, if all of it is hex digits. */
  private void foldHex(int start) {
    if (length - start < 2 || out[start] != '0' || out[start + 1] != 'x') {
      return;
    }
    int upper = 0;
    for (int at = start + 2; at < length; at++) {
      int digit = HEX_DIGIT[out[at] & 0xFF];
      if (digit == 0) {
        return;
      }
      upper |= digit;
    }
    if ((upper & UPPER) != 0) {
      for (int at = start + 2; at < length; at++) {
        // Sets 0x20, which turns A to F into a to f, and is already set in a digit and in a to f.
        out[at] |= 0x20;
      }
    }
  }

  private void reserve(int count) {
    int needed = length + count;
    if (needed > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, needed));
    }
  }
}
