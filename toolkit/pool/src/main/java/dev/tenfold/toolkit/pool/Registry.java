package dev.tenfold.toolkit.pool;

import org.jspecify.annotations.Nullable;

/**
 * All slots of a pool, found by object and by id. Finding takes no lock; adding and removing take
 * one of several for a moment. Safe for any number of threads.
 */
final class Registry<T> {

  /** Ids are smaller than this. */
  static final int ID_BITS = 28;

  static final int MOST_PARTS = 16;

  private final RegistryPart<T>[] parts;
  private final int partBits;

  /** With so many parts: a power of two, at most 16. */
  Registry(int count) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a parameterised type
    RegistryPart<T>[] made = new RegistryPart[count];
    partBits = Integer.numberOfTrailingZeros(count);
    for (int i = 0; i < count; i++) {
      made[i] = new RegistryPart<>(i, partBits);
    }
    parts = made;
  }

  /** Adds a slot and gives it its id, or says no: its object is here already. */
  boolean add(Slot<T> slot) {
    return partOf(slot.hash).add(slot);
  }

  /** The slot of this very object, or null if the object is none of the pool's. */
  @Nullable Slot<T> find(T object) {
    int hash = Slot.hash(object);
    return partOf(hash).find(object, hash);
  }

  /**
   * The slot with this id. Null or another slot if the one that had it has been removed meanwhile.
   */
  @Nullable Slot<T> withId(int id) {
    int index = id - 1;
    return parts[index & (parts.length - 1)].numbered(index >>> partBits);
  }

  /**
   * Forgets a slot that the pool has let go, on purpose or because the collector has its object.
   */
  void remove(Slot<T> slot, boolean leaked) {
    partOf(slot.hash).remove(slot, leaked);
  }

  /** The sum of all parts, which are read one after the other. */
  Census census() {
    Census sum = Census.NONE;
    for (RegistryPart<T> part : parts) {
      sum = sum.plus(part.census());
    }
    return sum;
  }

  private RegistryPart<T> partOf(int hash) {
    return parts[(hash >>> 28) & (parts.length - 1)];
  }

  /** How many objects were made, what became of them, and how often they were taken. */
  record Census(long created, long discarded, long leaked, long taken, int inUse) {
    static final Census NONE = new Census(0, 0, 0, 0, 0);

    Census plus(Census other) {
      return new Census(
          created + other.created,
          discarded + other.discarded,
          leaked + other.leaked,
          taken + other.taken,
          inUse + other.inUse);
    }
  }
}
