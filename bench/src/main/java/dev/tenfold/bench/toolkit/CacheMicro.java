package dev.tenfold.bench.toolkit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenfold.bench.Zipf;
import dev.tenfold.stress.cache.ReferenceLru;
import dev.tenfold.toolkit.cache.MemoryCache;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Keys of a zipf distribution are looked up, and some put, by all threads. JMH derives from it. */
@State(Scope.Benchmark)
public class CacheMicro {
  private static final int KEYS = 10_000;
  private static final int ORDER = 1 << 16;
  private static final int VALUE_BYTES = 1_600;
  private static final long LIFE_NANOS = Duration.ofHours(1).toNanos();

  /** Of a hundred operations, so many put. */
  @Param({"0", "10"})
  public int puts;

  private final byte[] value = new byte[VALUE_BYTES];
  private final String[] keys = keys();
  private final MemoryCache<String, byte[]> ours =
      MemoryCache.<String, byte[]>builder()
          .maximumBytes(64L << 20)
          .sizeOf((key, bytes) -> key.length() + bytes.length)
          .build();
  private final Cache<String, byte[]> bare = Caffeine.newBuilder().maximumSize(2L * KEYS).build();
  private final Cache<String, byte[]> weighed =
      Caffeine.newBuilder()
          .maximumWeight(64L << 20)
          .weigher((String key, byte[] bytes) -> key.length() + bytes.length)
          .expireAfterWrite(Duration.ofHours(1))
          .executor(Runnable::run)
          .recordStats()
          .build();
  private final ReferenceLru<String, byte[]> lru =
      ReferenceLru.mended(2 * KEYS, LIFE_NANOS, System::nanoTime);

  /** An order of keys, and the place of a thread in it. */
  @State(Scope.Thread)
  public static class Order {
    private final int[] order = Zipf.draw(KEYS, ORDER, new Random());
    private int at;
    private int turn;

    /** JMH makes one for each thread. */
    public Order() {}

    int next() {
      at = (at + 1) & (ORDER - 1);
      return order[at];
    }

    boolean puts(int ofHundred) {
      turn = turn == 99 ? 0 : turn + 1;
      return turn < ofHundred;
    }
  }

  /** Fills all of them. */
  public CacheMicro() {
    for (String key : keys) {
      ours.put(key, value, Duration.ofHours(1));
      bare.put(key, value);
      weighed.put(key, value);
      lru.set(key, value);
    }
  }

  private static String[] keys() {
    String[] keys = new String[KEYS];
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "0x" + Integer.toHexString(i);
    }
    return keys;
  }

  /** {@code MemoryCache}: bytes, a life for each entry, hits and misses counted. */
  @Benchmark
  public byte @Nullable [] tenfold(Order order) {
    String key = keys[order.next()];
    if (order.puts(puts)) {
      ours.put(key, value, Duration.ofHours(1));
      return value;
    }
    return ours.get(key);
  }

  /** Caffeine bounded by the number of entries, and nothing else. */
  @Benchmark
  public byte @Nullable [] caffeine(Order order) {
    String key = keys[order.next()];
    if (order.puts(puts)) {
      bare.put(key, value);
      return value;
    }
    return bare.getIfPresent(key);
  }

  /** Caffeine with what ours has: weights, a life, statistics, upkeep on the caller. */
  @Benchmark
  public byte @Nullable [] caffeineWithAll(Order order) {
    String key = keys[order.next()];
    if (order.puts(puts)) {
      weighed.put(key, value);
      return value;
    }
    return weighed.getIfPresent(key);
  }

  /** The reference's LRU behind one lock: as it is written, readers spoil its list. */
  @Benchmark
  public byte @Nullable [] referenceLruMended(Order order) {
    String key = keys[order.next()];
    if (order.puts(puts)) {
      lru.set(key, value);
      return value;
    }
    return lru.get(key);
  }
}
