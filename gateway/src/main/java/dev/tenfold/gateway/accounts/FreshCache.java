package dev.tenfold.gateway.accounts;

import dev.tenfold.toolkit.cache.MemoryCache;
import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of what was read from the database, that never says what is known to have changed
 * since. Thread-safe; {@link #get} takes no lock and allocates nothing.
 *
 * <p>Whoever reads takes a {@link #stamp} first and hands it in with what it found: what was read
 * before a change was announced is not kept after it.
 */
final class FreshCache<K, V> {
  private final Changes changes;
  private final MemoryCache<K, Kept<V>> entries;
  // Written under the lock of this object; rises with each announced change.
  private volatile long generation;

  private record Kept<V>(V value, Stamp stamp) {}

  /** The moment before a look at the database, and what was known until then. */
  record Stamp(long generation, long era, long at) {}

  FreshCache(Changes changes, long maximumBytes, ToLongBiFunction<K, V> sizeOf) {
    this.changes = changes;
    this.entries =
        MemoryCache.<K, Kept<V>>builder()
            .maximumBytes(maximumBytes)
            .sizeOf((key, kept) -> sizeOf.applyAsLong(key, kept.value()))
            .build();
  }

  /** What is there and certain to be as in the database; null if there is no such thing. */
  @Nullable V get(K key) {
    Kept<V> kept = entries.get(key);
    return kept != null && changes.isGood(kept.stamp().era(), kept.stamp().at())
        ? kept.value()
        : null;
  }

  /** What is there and not known to have changed; null if there is no such thing. */
  @Nullable V perhapsStale(K key) {
    Kept<V> kept = entries.get(key);
    return kept == null ? null : kept.value();
  }

  Stamp stamp() {
    return new Stamp(generation, changes.era(), changes.now());
  }

  /** The number of changes announced so far. */
  long generation() {
    return generation;
  }

  /** Keeps what was read after the stamp was taken, unless a change was announced since. */
  void keep(K key, V value, Stamp stamp, @Nullable Duration timeToLive) {
    Kept<V> kept = new Kept<>(value, stamp);
    synchronized (this) {
      if (generation != stamp.generation()) {
        return;
      }
      if (timeToLive == null) {
        entries.put(key, kept);
      } else {
        entries.put(key, kept, timeToLive);
      }
    }
  }

  /** Drops one entry, since it changed. */
  synchronized void drop(K key) {
    generation++;
    entries.remove(key);
  }

  /** Drops all entries to which this applies, since they changed. Looks at each. */
  synchronized void dropIf(BiPredicate<K, V> changed) {
    generation++;
    entries.removeIf((key, kept) -> changed.test(key, kept.value()));
  }

  /** Drops all entries, since they may have changed. */
  synchronized void clear() {
    generation++;
    entries.clear();
  }
}
