package dev.tenfold.stress.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An LRU cache with a time to live, as the Go toolkit that Tenfold is compared with has it: a map,
 * a linked list, and a read-write lock. It is here to be compared with and to be shown wrong:
 * {@link #get} holds the read lock while it moves the entry to the front, so that two readers
 * change the list at the same time.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class ReferenceLru<K, V> {
  private final int capacity;
  private final long lifeNanos;
  private final LongSupplier clock;
  private final Map<K, Entry<K, V>> entries = new HashMap<>();
  private final Entry<K, V> root = new Entry<>();
  private final Lock forReading;
  private final Lock forWriting;

  /** A member of a ring whose root has no key. */
  private static final class Entry<K, V> {
    private @Nullable K key;
    private @Nullable V value;
    private long endNanos;
    private Entry<K, V> before = this;
    private Entry<K, V> after = this;
  }

  private ReferenceLru(
      int capacity, long lifeNanos, LongSupplier clock, Lock forReading, Lock forWriting) {
    this.capacity = capacity;
    this.lifeNanos = lifeNanos;
    this.clock = clock;
    this.forReading = forReading;
    this.forWriting = forWriting;
  }

  /** As it is written there. */
  public static <K, V> ReferenceLru<K, V> asWritten(
      int capacity, long lifeNanos, LongSupplier clock) {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    return new ReferenceLru<>(capacity, lifeNanos, clock, lock.readLock(), lock.writeLock());
  }

  /** Mended in the simplest way: a reader takes the write lock too. */
  public static <K, V> ReferenceLru<K, V> mended(int capacity, long lifeNanos, LongSupplier clock) {
    Lock lock = new ReentrantReadWriteLock().writeLock();
    return new ReferenceLru<>(capacity, lifeNanos, clock, lock, lock);
  }

  /** The value, or null where there is none or its time is over. */
  public @Nullable V get(K key) {
    forReading.lock();
    try {
      Entry<K, V> entry = entries.get(key);
      if (entry == null || clock.getAsLong() - entry.endNanos >= 0) {
        return null;
      }
      unlink(entry);
      linkFirst(entry);
      return entry.value;
    } finally {
      forReading.unlock();
    }
  }

  /** Keeps a value, in place of the one that was not asked for longest where it is full. */
  public void set(K key, V value) {
    forWriting.lock();
    try {
      Entry<K, V> entry = entries.get(key);
      if (entry == null) {
        entry = add(key);
      } else {
        unlink(entry);
      }
      entry.value = value;
      entry.endNanos = clock.getAsLong() + lifeNanos;
      linkFirst(entry);
    } finally {
      forWriting.unlock();
    }
  }

  /** How many entries the map has. */
  public int size() {
    return entries.size();
  }

  /** How many entries the list has, or one more than {@code most} where it does not come round. */
  public int listed(int most) {
    int count = 0;
    for (Entry<K, V> at = root.after; at != root && count <= most; at = at.after) {
      count++;
    }
    return count;
  }

  private Entry<K, V> add(K key) {
    if (entries.size() >= capacity) {
      Entry<K, V> last = root.before;
      unlink(last);
      entries.remove(last.key);
    }
    Entry<K, V> entry = new Entry<>();
    entry.key = key;
    entries.put(key, entry);
    return entry;
  }

  private void linkFirst(Entry<K, V> entry) {
    entry.before = root;
    entry.after = root.after;
    root.after.before = entry;
    root.after = entry;
  }

  private static <K, V> void unlink(Entry<K, V> entry) {
    entry.before.after = entry.after;
    entry.after.before = entry.before;
  }
}
