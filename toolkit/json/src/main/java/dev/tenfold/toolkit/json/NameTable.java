package dev.tenfold.toolkit.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of names that come again and again (members, methods, currencies) into strings
 * without making a new one each time. A cache of fixed size that forgets, and never more than that:
 * what it answers is always equal to {@code new String(bytes, from, to - from, UTF_8)}, and for a
 * name that is in the table it is the same object as before.
 *
 * <p><b>Hostile names.</b> The table is made at once and never grows: it holds at most {@link
 * #capacity} names of at most {@code maxLength} bytes, in memory of this object alone (not of
 * {@link String#intern}, but for the table of a {@link Json}). A name is taken in when it comes for
 * the second time, so those that come once push out nothing. Names that are sent to push out others
 * succeed, and cost the others one string each until they come twice again. There are no chains: a
 * look-up compares with two names at most, in full, whatever their hashes are, and the hash differs
 * from one run of the JVM to the next.
 *
 * <p><b>Threads.</b> Safe for any number of threads, without a lock or an atomic operation. A name
 * that two threads take in at the same time may be two objects for a while.
 *
 * <p><b>Cost.</b> A look-up takes one hash over the bytes and one comparison. It allocates nothing
 * for a name that is in the table, and else the string (and, once, what the table keeps).
 */
public final class NameTable {
  private static final int MAX_CAPACITY = 1 << 20;
  private static final int LONGEST = 1024;

  // Both are written by races that lose nothing but a name: what they hold is immutable.
  private final @Nullable Name[] names;
  private final int[] seen;

  private final int mask;
  private final int maxLength;
  private final boolean interned;

  /**
   * Makes the table.
   *
   * @param capacity how many names, from 2 to 1,048,576; rounded up to a power of two. 8 bytes each
   *     are allocated at once.
   * @param maxLength how long a name may be to be taken in, in bytes, from 1 to 1,024
   */
  public NameTable(int capacity, int maxLength) {
    this(capacity, maxLength, false);
  }

  /**
   * @param interned whether what is kept are the strings of {@link String#intern}: the names that
   *     Jackson looks for are, and are found quicker when they are the same objects
   */
  NameTable(int capacity, int maxLength, boolean interned) {
    if (capacity < 2 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity must be from 2 to 1048576, was " + capacity);
    }
    if (maxLength < 1 || maxLength > LONGEST) {
      throw new IllegalArgumentException("maxLength must be from 1 to 1024, was " + maxLength);
    }
    int slots = Integer.highestOneBit(capacity - 1) << 1;
    this.names = new Name[slots];
    this.seen = new int[slots];
    this.mask = slots - 1;
    this.maxLength = maxLength;
    this.interned = interned;
  }

  /**
   * The name whose UTF-8 bytes are those from {@code from} to before {@code to}, as they are
   * (escapes of JSON are not decoded). A byte that is not UTF-8 becomes U+FFFD.
   *
   * @throws IndexOutOfBoundsException if there is no such span
   */
  public String get(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    Name kept = find(bytes, from, to);
    return kept != null ? kept.text : add(bytes, from, to);
  }

  /** The name of these bytes, if it is in the table. */
  @Nullable Name find(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > maxLength) {
      return null;
    }
    long head = head(bytes, from, length);
    long hash = hash(head, bytes, from, to);
    int slot = (int) hash & mask;
    Name first = names[slot];
    if (first != null && first.is(hash, head, bytes, from, length)) {
      return first;
    }
    Name second = names[slot ^ 1];
    return second != null && second.is(hash, head, bytes, from, length) ? second : null;
  }

  private static long head(byte[] bytes, int from, int length) {
    return Words.word(bytes, from, Math.min(length, Words.BYTES));
  }

  private static long hash(long head, byte[] bytes, int from, int to) {
    long hash = Words.mix(Words.hash(to - from), head);
    for (int at = from + Words.BYTES; at < to; at += Words.BYTES) {
      hash = Words.mix(hash, Words.word(bytes, at, Math.min(to - at, Words.BYTES)));
    }
    return hash;
  }

  /** The name of these bytes, which are not in the table; takes it in if it came before. */
  String add(byte[] bytes, int from, int to) {
    String text = text(bytes, from, to);
    if (to - from > maxLength) {
      return text;
    }
    long head = head(bytes, from, to - from);
    long hash = hash(head, bytes, from, to);
    int slot = (int) hash & mask;
    int tag = (int) (hash >>> Integer.SIZE) | 1;
    if (seen[slot] != tag) {
      seen[slot] = tag;
      return text;
    }
    String kept = interned ? text.intern() : text;
    int other = slot ^ 1;
    Name before = names[slot];
    boolean besides = before != null && names[other] == null;
    names[besides ? other : slot] = new Name(hash, head, Arrays.copyOfRange(bytes, from, to), kept);
    if (before != null && !besides) {
      names[other] = before; // it may stay until the next one comes
    }
    return kept;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** How many names it can hold. */
  public int capacity() {
    return names.length;
  }

  /** How many names it holds; counts them. */
  public int size() {
    int size = 0;
    for (Name name : names) {
      size += name == null ? 0 : 1;
    }
    return size;
  }

  /** A name that is kept. The first eight bytes stand in a word too, which is all of most names. */
  static final class Name {
    private final long hash;
    private final long head;
    private final byte[] bytes;
    final String text;

    Name(long hash, long head, byte[] bytes, String text) {
      this.hash = hash;
      this.head = head;
      this.bytes = bytes;
      this.text = text;
    }

    int length() {
      return bytes.length;
    }

    /** A number that differs between most names. */
    int spread() {
      return (int) (hash >>> Integer.SIZE);
    }

    /** Whether it stands there, with a quote behind it and before {@code end}. */
    boolean standsAt(byte[] other, int from, int end) {
      int length = bytes.length;
      return length < end - from
          && other[from + length] == '"'
          && head == head(other, from, length)
          && (length <= Words.BYTES || isTail(other, from));
    }

    boolean is(long otherHash, long otherHead, byte[] other, int from, int length) {
      return hash == otherHash
          && head == otherHead
          && bytes.length == length
          && (length <= Words.BYTES || isTail(other, from));
    }

    private boolean isTail(byte[] other, int from) {
      for (int i = Words.BYTES; i < bytes.length; i++) {
        if (bytes[i] != other[from + i]) {
          return false;
        }
      }
      return true;
    }
  }
}
