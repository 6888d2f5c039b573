package dev.tenfold.toolkit.pool;

import dev.tenfold.toolkit.pool.Registry.Census;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link Registry}: its slots by identity, in a hash table, and by number, in a list.
 * Writers take turns by the monitor; readers take no lock.
 *
 * <p>The table is probed place by place until an empty one. A slot stays where it is as long as it
 * is there, and leaves a tombstone if others may lie behind it. So a reader whose table has been
 * replaced still finds what was there when it began.
 */
final class RegistryPart<T> {

  private static final int SMALLEST = 8;

  private final Slot<T> tombstone;
  private final int part;
  private final int partBits;

  private volatile AtomicReferenceArray<@Nullable Slot<T>> table = array(SMALLEST);
  private volatile AtomicReferenceArray<@Nullable Slot<T>> numbers = array(SMALLEST);

  // Guarded by the monitor.
  private int[] freeNumbers = new int[SMALLEST];
  private int free;
  private int nextNumber;
  private int occupied; // places of the table, tombstones included
  private int live;
  private long created;
  private long leaked;
  private long takenOfRemoved;

  RegistryPart(int part, int partBits) {
    this.part = part;
    this.partBits = partBits;
    tombstone = Slot.tombstone();
  }

  @Nullable Slot<T> find(T object, int hash) {
    AtomicReferenceArray<@Nullable Slot<T>> places = table;
    int mask = places.length() - 1;
    for (int at = place(hash) & mask; ; at = (at + 1) & mask) {
      Slot<T> slot = places.getAcquire(at);
      if (slot == null || (slot.hash == hash && slot.refersTo(object))) {
        return slot;
      }
    }
  }

  @Nullable Slot<T> numbered(int number) {
    return numbers.getAcquire(number);
  }

  synchronized boolean add(Slot<T> slot) {
    if (find(slot.owned(), slot.hash) != null) {
      return false;
    }
    if (4 * (occupied + 1) > 3 * table.length()) {
      rebuild();
    }
    number(slot);
    insert(table, slot);
    live++;
    created++;
    return true;
  }

  synchronized void remove(Slot<T> slot, boolean isLeak) {
    int number = (slot.id - 1) >>> partBits;
    numbers.setRelease(number, null);
    if (free == freeNumbers.length) {
      freeNumbers = Arrays.copyOf(freeNumbers, 2 * free);
    }
    freeNumbers[free++] = number;
    erase(slot);
    live--;
    leaked += isLeak ? 1 : 0;
    takenOfRemoved += Slot.takings(slot.state());
  }

  synchronized Census census() {
    AtomicReferenceArray<@Nullable Slot<T>> slots = numbers;
    long taken = takenOfRemoved;
    int inUse = 0;
    for (int i = 0; i < nextNumber; i++) {
      Slot<T> slot = slots.getAcquire(i);
      if (slot != null) {
        long state = slot.state();
        taken += Slot.takings(state);
        inUse += Slot.isOut(state) ? 1 : 0;
      }
    }
    return new Census(created, created - live - leaked, leaked, taken, inUse);
  }

  private void number(Slot<T> slot) {
    int number = free > 0 ? freeNumbers[--free] : nextNumber++;
    slot.id = (number << partBits | part) + 1;
    if (slot.id >>> Registry.ID_BITS != 0) {
      throw new IllegalStateException("a pool can have no more than 2^28 objects at a time");
    }
    AtomicReferenceArray<@Nullable Slot<T>> slots = numbers;
    if (number == slots.length()) {
      AtomicReferenceArray<@Nullable Slot<T>> larger = array(2 * number);
      for (int i = 0; i < number; i++) {
        larger.setPlain(i, slots.getPlain(i));
      }
      larger.setPlain(number, slot);
      numbers = larger;
    } else {
      slots.setRelease(number, slot);
    }
  }

  private void insert(AtomicReferenceArray<@Nullable Slot<T>> places, Slot<T> slot) {
    int mask = places.length() - 1;
    int at = place(slot.hash) & mask;
    while (true) {
      Slot<T> other = places.getPlain(at);
      if (other == null || other == tombstone) {
        occupied += other == null ? 1 : 0;
        places.setRelease(at, slot);
        return;
      }
      at = (at + 1) & mask;
    }
  }

  private void erase(Slot<T> slot) {
    AtomicReferenceArray<@Nullable Slot<T>> places = table;
    int mask = places.length() - 1;
    int at = place(slot.hash) & mask;
    while (places.getPlain(at) != slot) {
      at = (at + 1) & mask;
    }
    places.setRelease(at, tombstone);
    if (places.getPlain((at + 1) & mask) == null) { // nothing lies behind it, nor behind others
      for (; places.getPlain(at) == tombstone; at = (at - 1) & mask) {
        places.setRelease(at, null);
        occupied--;
      }
    }
  }

  /** A table without tombstones, at most half full. */
  private void rebuild() {
    AtomicReferenceArray<@Nullable Slot<T>> old = table;
    int size = Math.max(SMALLEST, Integer.highestOneBit(live + 1) << 2);
    AtomicReferenceArray<@Nullable Slot<T>> fresh = array(size);
    occupied = 0;
    for (int i = 0; i < old.length(); i++) {
      Slot<T> slot = old.getPlain(i);
      if (slot != null && slot != tombstone) {
        insert(fresh, slot);
      }
    }
    table = fresh;
  }

  private static int place(int hash) {
    return hash >>> 7;
  }

  private static <T> AtomicReferenceArray<@Nullable Slot<T>> array(int size) {
    return new AtomicReferenceArray<>(size);
  }
}
