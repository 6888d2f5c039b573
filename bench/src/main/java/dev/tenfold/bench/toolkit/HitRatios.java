package dev.tenfold.bench.toolkit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenfold.bench.Report;
import dev.tenfold.bench.Zipf;
import dev.tenfold.stress.cache.ReferenceLru;
import dev.tenfold.toolkit.cache.MemoryCache;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** How often caches with room for 5,000 entries know the answer, on three traces. */
final class HitRatios {
  private static final int ROOM = 5_000;
  private static final int DRAWS = 1_000_000;
  private static final int KEYS = 100_000;
  private static final int VALUE_BYTES = 1_000;

  /** What {@code MemoryCache} counts for an entry besides its payload. */
  private static final int OVERHEAD_BYTES = 172;

  private HitRatios() {}

  /** A cache, as a trace sees it. */
  private interface Asked {
    /** Whether it knew the key; it is put where not. */
    boolean knows(Integer key);
  }

  static void write(Report report) {
    report
        .heading("Hit ratio, room for 5,000 entries")
        .table("trace", "tenfold", "caffeine", "reference's LRU");
    report.row(row("zipf: 1,000,000 draws of 100,000 keys", zipf()));
    report.row(row("scan: the same, and 10,000 keys asked for once after each 20,000", scan()));
    report.row(row("loop: 6,000 keys over and over", loop()));
  }

  private static int[] zipf() {
    return Zipf.draw(KEYS, DRAWS, new Random(1));
  }

  private static int[] scan() {
    int[] draws = zipf();
    return IntStream.range(0, DRAWS / 20_000)
        .boxed()
        .flatMapToInt(
            part ->
                IntStream.concat(
                    IntStream.range(part * 20_000, (part + 1) * 20_000).map(at -> draws[at]),
                    IntStream.range(0, 10_000).map(key -> KEYS + part * 10_000 + key)))
        .toArray();
  }

  private static int[] loop() {
    return IntStream.range(0, DRAWS).map(at -> at % 6_000).toArray();
  }

  private static List<String> row(String name, int[] trace) {
    return List.of(
        name, ratio(trace, tenfold()), ratio(trace, caffeine()), ratio(trace, referenceLru()));
  }

  private static String ratio(int[] trace, Asked cache) {
    long hits = IntStream.of(trace).filter(cache::knows).count();
    return String.format(Locale.ROOT, "%.1f%%", 100.0 * hits / trace.length);
  }

  private static Asked tenfold() {
    byte[] value = new byte[VALUE_BYTES];
    MemoryCache<Integer, byte[]> cache =
        MemoryCache.<Integer, byte[]>builder()
            .maximumBytes((long) ROOM * (VALUE_BYTES + OVERHEAD_BYTES))
            .sizeOf((key, bytes) -> bytes.length)
            .build();
    return key -> {
      boolean known = cache.get(key) != null;
      if (!known) {
        cache.put(key, value);
      }
      return known;
    };
  }

  private static Asked caffeine() {
    byte[] value = new byte[VALUE_BYTES];
    Cache<Integer, byte[]> cache =
        Caffeine.newBuilder().maximumSize(ROOM).executor(Runnable::run).build();
    return key -> {
      boolean known = cache.getIfPresent(key) != null;
      if (!known) {
        cache.put(key, value);
      }
      return known;
    };
  }

  private static Asked referenceLru() {
    byte[] value = new byte[VALUE_BYTES];
    ReferenceLru<Integer, byte[]> cache =
        ReferenceLru.mended(ROOM, Long.MAX_VALUE / 2, System::nanoTime);
    return key -> {
      boolean known = cache.get(key) != null;
      if (!known) {
        cache.set(key, value);
      }
      return known;
    };
  }
}
