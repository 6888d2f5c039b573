package dev.tenfold.toolkit.jsonrpc;

import java.util.Arrays;

/**
 * The set of the member names of one object, compared by what they stand for. An open-addressed
 * table of names as spans; its hash cannot be foreseen by a caller, so adding n names takes O(n)
 * whatever they are. Allocates only to grow.
 */
final class MemberNames {
  private static final int INITIAL = 16;

  private int[] from = new int[INITIAL];
  private int[] to = new int[INITIAL];
  private int[] hashes = new int[INITIAL];

  /** Number of the name plus one, or 0 for an empty slot; only the first {@code slots} are used. */
  private int[] table = new int[2 * INITIAL];

  private int slots = 2 * INITIAL;
  private int size;

  /** Forgets all names; cost follows the names that were there. */
  void clear() {
    if (size > 0) {
      Arrays.fill(table, 0, slots, 0);
      slots = 2 * INITIAL;
      size = 0;
    }
  }

  /** Adds the name in this span; false if an equal one is there. */
  boolean add(byte[] json, int nameFrom, int nameTo) {
    int hash = JsonText.hash(json, nameFrom, nameTo);
    int slot = hash & (slots - 1);
    while (table[slot] != 0) {
      int name = table[slot] - 1;
      if (hashes[name] == hash && JsonText.equals(json, from[name], to[name], nameFrom, nameTo)) {
        return false;
      }
      slot = (slot + 1) & (slots - 1);
    }
    append(nameFrom, nameTo, hash);
    table[slot] = size;
    if (2 * size > slots) {
      rehash();
    }
    return true;
  }

  private void append(int nameFrom, int nameTo, int hash) {
    if (size == from.length) {
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    from[size] = nameFrom;
    to[size] = nameTo;
    hashes[size++] = hash;
  }

  private void rehash() {
    Arrays.fill(table, 0, slots, 0);
    slots *= 2;
    if (table.length < slots) {
      table = new int[slots];
    }
    for (int name = 0; name < size; name++) {
      int slot = hashes[name] & (slots - 1);
      while (table[slot] != 0) {
        slot = (slot + 1) & (slots - 1);
      }
      table[slot] = name + 1;
    }
  }
}
