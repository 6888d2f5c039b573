package dev.tenfold.toolkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.GraphLayout;

/** Holds what the cache says of its bytes against what the heap shows. */
class MemoryCacheHeapTest {

  private static final int HITS = 1_000_000;

  private record Key(byte[] text, int hash) {
    static Key of(int number) {
      byte[] text = ByteBuffer.allocate(110 + number % 20).putInt(number).array();
      return new Key(text, Arrays.hashCode(text));
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Arrays.equals(text, key.text);
    }
  }

  private record Value(byte[] json) {
    static Value of(int bytes) {
      return new Value(new byte[bytes]);
    }
  }

  @BeforeAll
  static void letJolReadRecords() {
    System.setProperty("jol.magicFieldOffset", "true");
  }

  private static MemoryCache<Key, Value> cache(long maximumBytes) {
    return MemoryCache.<Key, Value>builder()
        .maximumBytes(maximumBytes)
        .sizeOf((key, value) -> key.text().length + value.json().length)
        .build();
  }

  private static void isWhatTheHeapShows(MemoryCache<Key, Value> cache) {
    assertThat(cache.bytes())
        .isCloseTo(GraphLayout.parseInstance(cache).totalSize(), Percentage.withPercentage(10));
  }

  @ParameterizedTest
  @CsvSource({"64, 1_000_000", "64, 2_100_000", "1_600, 4_000_000", "100_000, 32_000_000"})
  void bytesAreWithin10PercentOfTheHeapWhenFullAndAfterEviction(String size, String maximum) {
    int valueBytes = Integer.parseInt(size.replace("_", ""));
    long maximumBytes = Long.parseLong(maximum.replace("_", ""));
    var cache = cache(maximumBytes);
    int number = 0;
    while (cache.stats().evictions() == 0) {
      cache.put(Key.of(number++), Value.of(valueBytes + number % 8));
    }
    assertThat(cache.bytes()).isBetween(maximumBytes * 9 / 10, maximumBytes);
    isWhatTheHeapShows(cache);

    int end = 3 * number;
    while (number < end) {
      cache.put(Key.of(number++), Value.of(valueBytes / 2 + number % 100));
    }
    assertThat(cache.stats().evictions()).isGreaterThan(1);
    isWhatTheHeapShows(cache);
  }

  @Test
  void bytesAreWithin10PercentOfTheHeapWhenLivesAreLimitedAndSizesMixed() {
    var cache = cache(2_000_000);
    for (int i = 0; i < 10_000; i++) {
      cache.put(Key.of(i), Value.of(i % 40 * 25), Duration.ofMinutes(1));
    }

    assertThat(cache.stats().evictions()).isPositive();
    isWhatTheHeapShows(cache);
  }

  @Test
  void aHitAllocatesNothing() {
    var cache = cache(1_000_000);
    Key[] keys = new Key[100];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Key.of(i);
      if (i % 2 == 0) {
        cache.put(keys[i], Value.of(100));
      } else {
        cache.put(keys[i], Value.of(100), Duration.ofDays(1));
      }
    }
    hit(cache, keys);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    hit(cache, keys);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(cache.stats().hits()).isEqualTo(2 * HITS);
    // What little there is belongs to upkeep, not to a hit: less than a byte for ten.
    assertThat(allocated).isLessThan(HITS / 10);
  }

  private static void hit(MemoryCache<Key, Value> cache, Key[] keys) {
    for (int i = 0; i < HITS; i++) {
      cache.get(keys[i % keys.length]);
    }
  }
}
