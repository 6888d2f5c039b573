package dev.tenfold.toolkit.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache in memory that is bounded by the bytes its entries take on the heap, not by their number.
 *
 * {@snippet file="dev/tenfold/toolkit/cache/CacheExampleTest.java" region="example"}
 *
 * <p>What leaves when room is needed is decided by Caffeine's W-TinyLFU (Einziger, Friedman and
 * Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", 2017): entries that are asked for
 * often stay, and a scan of entries that are asked for once does not drive them out. An entry that
 * was put may therefore be the one that leaves.
 *
 * <p><b>Threads.</b> Safe for any number of threads. A hit allocates nothing, waits for no lock,
 * and costs little more than one in Caffeine: a counter, and the clock if its life is limited.
 * Upkeep of the eviction order is done in small batches by the calling thread, by one at a time:
 * the others go on and leave it to that one. No thread belongs to the cache.
 *
 * <p><b>Bytes.</b> An entry weighs its payload, as the builder's {@code sizeOf} tells, plus {@value
 * #ENTRY_OVERHEAD_BYTES} bytes, plus {@value #EXPIRY_OVERHEAD_BYTES} more if its life is limited.
 * The sum is within 10% of what the heap shows where key and value are each one small object around
 * one array, on a 64-bit HotSpot with compressed references. While threads are putting, the bound
 * can be passed for a moment by what they are about to add.
 *
 * <p><b>Time.</b> An entry whose time is over is never returned. It leaves when it is read, or when
 * its room is needed; nothing sweeps. It counts as bytes and as an entry until then.
 *
 * @param <K> keys: immutable, with {@code equals} and {@code hashCode}
 * @param <V> values, shared between all who read them
 */
public final class MemoryCache<K, V> {

  /*
   * Measured with JOL 0.17 on JDK 25 with compressed references: a full cache less an empty one,
   * less all payload, by entry: 165 to 177 from 1,000 to 60,000 entries. Of these, Caffeine's node
   * takes 40, the map's node 32, a slot of the map's table 5 to 11, of the frequency sketch 8 to
   * 16, the headers of two arrays 32, their padding 7 on average, and the objects around them 24
   * and 16. It is about 144 with compact object headers, and 208 without compressed references.
   */
  static final int ENTRY_OVERHEAD_BYTES = 172;
  static final int EXPIRY_OVERHEAD_BYTES = 24;

  // A value that never expires stands in the cache as it is, one that does in an Expiring: the
  // usual hit neither follows one more reference nor reads the clock. Hits and misses are counted
  // here because Caffeine's own counters, which cost the same, take what expired for a hit.
  private final Cache<Object, Object> entries;
  private final Policy.Eviction<Object, Object> eviction;
  private final ToLongBiFunction<? super K, ? super V> sizeOf;
  private final long largestEntryBytes;
  private final LongSupplier ticker;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder refused = new LongAdder();

  private record Expiring(Object value, long endNanos) {
    boolean isOver(long nowNanos) {
      return nowNanos - endNanos >= 0;
    }
  }

  private MemoryCache(
      long maximumBytes,
      long largestEntryBytes,
      ToLongBiFunction<? super K, ? super V> sizeOf,
      LongSupplier ticker) {
    this.largestEntryBytes = largestEntryBytes;
    this.sizeOf = sizeOf;
    this.ticker = ticker;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maximumBytes)
            .weigher(this::weigh)
            // Upkeep on a caller: a batch costs less than handing it to a pool would, and the bound
            // holds as soon as those who put have returned, not when a pool gets round to it.
            .executor(Runnable::run)
            .evictionListener((key, value, cause) -> evictions.increment())
            .build();
    this.eviction = entries.policy().eviction().orElseThrow();
  }

  /** Starts a cache; {@code maximumBytes} and {@code sizeOf} must be given. */
  public static <K, V> Builder<K, V> builder() {
    return new Builder<>();
  }

  /**
   * The value under a key, or null if there is none or its time is over.
   *
   * @param key a key, or an object of any class with the hash code of a key whose {@code equals}
   *     says true to that key: so a caller can look up without building a key
   */
  public @Nullable V get(Object key) {
    Object stored = entries.getIfPresent(key);
    if (stored instanceof Expiring expiring) {
      stored = alive(key, expiring);
    }
    if (stored == null) {
      misses.increment();
      return null;
    }
    hits.increment();
    return value(stored);
  }

  private @Nullable Object alive(Object key, Expiring expiring) {
    if (expiring.isOver(ticker.getAsLong())) {
      entries.asMap().remove(key, expiring);
      return null;
    }
    return expiring.value();
  }

  /**
   * Keeps a value until it is removed or its room is needed. It replaces what was under the key.
   *
   * @return false if the entry is larger than {@code largestEntryBytes}: it is then not kept, no
   *     other entry leaves for it, and what was under the key is gone
   * @throws IllegalArgumentException if {@code sizeOf} tells a negative size
   */
  public boolean put(K key, V value) {
    return store(key, value, value);
  }

  /**
   * Keeps a value for a time at most. Else as {@link #put(Object, Object)}.
   *
   * @throws IllegalArgumentException if {@code timeToLive} is not positive, or {@code sizeOf} tells
   *     a negative size
   */
  public boolean put(K key, V value, Duration timeToLive) {
    if (!timeToLive.isPositive()) {
      throw new IllegalArgumentException("timeToLive must be positive, not " + timeToLive);
    }
    Objects.requireNonNull(value, "value");
    return store(key, value, new Expiring(value, ticker.getAsLong() + nanos(timeToLive)));
  }

  private boolean store(K key, V value, Object stored) {
    if (weight(key, value, stored) > largestEntryBytes) {
      entries.invalidate(key);
      refused.increment();
      return false;
    }
    entries.put(key, stored);
    return true;
  }

  /** Drops the entry under a key, if there is one. Takes a probe as {@link #get} does. */
  public void remove(Object key) {
    entries.invalidate(key);
  }

  /**
   * Drops the entries to which a condition applies. Looks at each entry, on the calling thread; one
   * that is put meanwhile may be passed over.
   */
  public void removeIf(BiPredicate<? super K, ? super V> condition) {
    entries
        .asMap()
        .entrySet()
        .removeIf(
            entry -> {
              @SuppressWarnings("unchecked") // only store() puts, and its key is a K
              K key = (K) entry.getKey();
              Object stored = entry.getValue();
              V value = value(stored instanceof Expiring expiring ? expiring.value() : stored);
              return condition.test(key, value);
            });
  }

  /** Drops all entries. The counters stay. */
  public void clear() {
    entries.invalidateAll();
  }

  /**
   * What the entries weigh, overhead included. Takes the lock of the eviction order for a moment,
   * and first does what upkeep is due: meant for metrics, not for each call.
   */
  public long bytes() {
    return eviction.weightedSize().orElse(0);
  }

  /** The number of entries, expired ones that nobody asked for included. */
  public long size() {
    return entries.estimatedSize();
  }

  /** What happened so far, and what is held. Costs what {@link #bytes} does. */
  public CacheStats stats() {
    long bytes = bytes();
    return new CacheStats(
        hits.sum(), misses.sum(), evictions.sum(), refused.sum(), bytes, entries.estimatedSize());
  }

  private int weigh(Object key, Object stored) {
    @SuppressWarnings("unchecked") // only store() puts, and its key is a K
    K typedKey = (K) key;
    V value = value(stored instanceof Expiring expiring ? expiring.value() : stored);
    return (int) weight(typedKey, value, stored);
  }

  private long weight(K key, V value, Object stored) {
    long payload = sizeOf.applyAsLong(key, value);
    if (payload < 0) {
      throw new IllegalArgumentException("sizeOf must not be negative, was " + payload);
    }
    int overhead = ENTRY_OVERHEAD_BYTES + (stored instanceof Expiring ? EXPIRY_OVERHEAD_BYTES : 0);
    return payload + overhead;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private V value(Object stored) {
    return (V) stored;
  }

  private static long nanos(Duration time) {
    // Half the range of a long, 146 years, keeps the difference of two readings from overflowing.
    return time.toSeconds() >= Long.MAX_VALUE / 2_000_000_000 ? Long.MAX_VALUE / 2 : time.toNanos();
  }

  /** What a {@link MemoryCache} is made with. Each cache that it builds is its own. */
  public static final class Builder<K, V> {
    private long maximumBytes;
    private long largestEntryBytes;
    private @Nullable ToLongBiFunction<? super K, ? super V> sizeOf;
    private LongSupplier ticker = System::nanoTime;

    private Builder() {}

    /** The bound on the weight of all entries together, in bytes. Must be given. */
    public Builder<K, V> maximumBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("maximumBytes must be positive, not " + bytes);
      }
      maximumBytes = bytes;
      return this;
    }

    /**
     * The payload of an entry in bytes: the lengths of the arrays that key and value hold, without
     * headers. Must be given, cheap, and say the same of the same entry each time.
     */
    public Builder<K, V> sizeOf(ToLongBiFunction<? super K, ? super V> payloadBytes) {
      sizeOf = payloadBytes;
      return this;
    }

    /**
     * The most that one entry may weigh, in bytes, overhead included: at most {@code maximumBytes}
     * and 2 GiB. If not given, a sixteenth of {@code maximumBytes}, so that one entry can never
     * drive out more than that share of the others.
     */
    public Builder<K, V> largestEntryBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("largestEntryBytes must be positive, not " + bytes);
      }
      largestEntryBytes = bytes;
      return this;
    }

    /** The clock that lives are measured with, in nanoseconds; {@code System::nanoTime} if none. */
    public Builder<K, V> ticker(LongSupplier nanos) {
      ticker = nanos;
      return this;
    }

    /**
     * Builds the cache.
     *
     * @throws IllegalStateException if {@code maximumBytes} or {@code sizeOf} was not given, or one
     *     entry may weigh more than the whole
     */
    public MemoryCache<K, V> build() {
      if (maximumBytes == 0 || sizeOf == null) {
        throw new IllegalStateException("maximumBytes and sizeOf must be given");
      }
      if (largestEntryBytes > maximumBytes) {
        throw new IllegalStateException(
            "largestEntryBytes %d is more than maximumBytes %d"
                .formatted(largestEntryBytes, maximumBytes));
      }
      long largest = largestEntryBytes == 0 ? maximumBytes / 16 : largestEntryBytes;
      return new MemoryCache<>(maximumBytes, Math.min(largest, Integer.MAX_VALUE), sizeOf, ticker);
    }
  }
}
