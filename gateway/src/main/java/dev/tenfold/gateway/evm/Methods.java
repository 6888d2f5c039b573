package dev.tenfold.gateway.evm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every method that the gateway knows, found by name. Immutable; safe for all threads.
 *
 * <p>A name is compared byte for byte, as nodes do: {@code ETH_CALL} is not {@code eth_call}.
 */
public final class Methods {
  private static final List<Method> ALL = MethodTable.rows();
  private static final List<Family> FAMILIES = MethodTable.families();

  // Open addressing, at most a quarter full, so that a name that is not there is found out soon.
  private static final int SLOTS = Integer.highestOneBit(ALL.size()) * 8;
  private static final byte[][] NAMES = new byte[SLOTS][];
  private static final @Nullable Method[] METHODS = new Method[SLOTS];

  static {
    for (Method method : ALL) {
      add(method);
    }
  }

  private Methods() {}

  /**
   * The method whose name is the given bytes, or null if no row of the table has that name (it may
   * still belong to a family: see {@link #named}). Allocates nothing; one hash over the name.
   *
   * @param json holds the name, without quotes and with escapes already decoded
   */
  public static @Nullable Method find(byte[] json, int from, int to) {
    int slot = slot(json, from, to);
    while (METHODS[slot] != null) {
      if (equal(NAMES[slot], json, from, to)) {
        return METHODS[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return null;
  }

  /**
   * What is known of a name: its row, else what its family says, else {@link Method#unknown}. Never
   * null.
   */
  public static Method named(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    Method known = find(bytes, 0, bytes.length);
    if (known != null) {
      return known;
    }
    for (Family family : FAMILIES) {
      if (name.startsWith(family.prefix())) {
        return family.member(name);
      }
    }
    return Method.unknown(name);
  }

  /** All rows, in the order of the table. */
  public static List<Method> all() {
    return ALL;
  }

  /** The families that decide about names without a row, in the order in which they are tried. */
  public static List<Family> families() {
    return FAMILIES;
  }

  private static void add(Method method) {
    byte[] name = method.name().getBytes(StandardCharsets.UTF_8);
    int slot = slot(name, 0, name.length);
    while (METHODS[slot] != null) {
      if (METHODS[slot].name().equals(method.name())) {
        throw new IllegalStateException("two rows for " + method.name());
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    NAMES[slot] = name;
    METHODS[slot] = method;
  }

  private static boolean equal(byte[] name, byte[] json, int from, int to) {
    if (name.length != to - from) {
      return false;
    }
    // Names share long beginnings, so the difference is found sooner from the end.
    for (int i = name.length - 1; i >= 0; i--) {
      if (name[i] != json[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static int slot(byte[] json, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + json[i];
    }
    hash ^= hash >>> 15;
    hash *= 0x2c1b3c6d;
    hash ^= hash >>> 13;
    return hash & (SLOTS - 1);
  }
}
