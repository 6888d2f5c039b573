package dev.tenfold.toolkit.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryCacheTest {

  private static final int OVERHEAD = MemoryCache.ENTRY_OVERHEAD_BYTES;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final MemoryCache<String, String> cache = cache(1 << 20);

  private MemoryCache<String, String> cache(long maximumBytes) {
    return MemoryCache.<String, String>builder()
        .maximumBytes(maximumBytes)
        .sizeOf((key, value) -> key.length() + value.length())
        .ticker(nanos::get)
        .build();
  }

  /** Finds a key without being one. */
  private record Probe(String text) {
    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return text.equals(other);
    }
  }

  @Test
  void whatWasPutIsFound() {
    assertThat(cache.put("key", "value")).isTrue();

    assertThat(cache.get("key")).isEqualTo("value");
    assertThat(cache.get("other")).isNull();
  }

  @Test
  void theLastPutCounts() {
    cache.put("key", "a long value, soon forgotten");
    cache.put("key", "new");

    assertThat(cache.get("key")).isEqualTo("new");
    assertThat(cache.bytes()).isEqualTo(OVERHEAD + 6);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whatMeetsAConditionIsDroppedAndTheRestStays() {
    cache.put("a", "1");
    cache.put("b", "2");
    cache.put("c", "2", Duration.ofSeconds(1));

    cache.removeIf((key, value) -> key.equals("a") || (key.equals("c") && value.equals("2")));

    assertThat(cache.get("a")).isNull();
    assertThat(cache.get("b")).isEqualTo("2");
    assertThat(cache.get("c")).isNull();
    assertThat(cache.bytes()).isEqualTo(OVERHEAD + 2);
  }

  @Test
  void aProbeOfAnotherClassFindsTheEntry() {
    cache.put("key", "value");

    assertThat(cache.get(new Probe("key"))).isEqualTo("value");
    assertThat(cache.get(new Probe("kex"))).isNull();
  }

  @Test
  void aProbeOfAnotherClassFindsAndRemovesAnEntryWhoseTimeIsOver() {
    cache.put("key", "value", Duration.ofNanos(1));
    nanos.addAndGet(1);

    assertThat(cache.get(new Probe("key"))).isNull();
    assertThat(cache.size()).isZero();
  }

  @Test
  void aProbeOfAnotherClassRemovesTheEntry() {
    cache.put("key", "value");
    cache.remove(new Probe("key"));

    assertThat(cache.get("key")).isNull();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void anEntryLivesUntilTheNanosecondBeforeItsTimeIsOver() {
    cache.put("key", "value", Duration.ofSeconds(2));

    nanos.addAndGet(1_999_999_999);
    assertThat(cache.get("key")).isEqualTo("value");
    nanos.addAndGet(1);
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void anEntryWhoseTimeIsOverLeavesWhenItIsRead() {
    cache.put("key", "value", Duration.ofSeconds(2));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.get("key")).isNull();
    assertThat(cache.size()).isZero();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void aLifeAsLongAsADurationCanBeNeverEnds() {
    cache.put("key", "value", Duration.ofSeconds(Long.MAX_VALUE));
    nanos.addAndGet(Duration.ofDays(365 * 140L).toNanos());

    assertThat(cache.get("key")).isEqualTo("value");
  }

  @Test
  void anEntryWithoutATimeNeverExpires() {
    cache.put("key", "value", Duration.ofNanos(1));
    cache.put("key", "for ever");
    nanos.addAndGet(Duration.ofDays(365 * 200L).toNanos());

    assertThat(cache.get("key")).isEqualTo("for ever");
  }

  @Test
  void aTimeThatIsNotPositiveIsRefusedWithItsValue() {
    assertThatThrownBy(() -> cache.put("key", "value", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeToLive must be positive, not PT0S");
  }

  @Test
  void theBoundHoldsWhateverIsPut() {
    MemoryCache<String, String> small = cache(100_000);
    for (int i = 0; i < 10_000; i++) {
      small.put("key " + i, "x".repeat(i % 1000));
      assertThat(small.bytes()).isLessThanOrEqualTo(100_000);
    }

    assertThat(small.stats().evictions()).isEqualTo(10_000 - small.size());
    assertThat(small.bytes()).isGreaterThan(90_000);
  }

  @Test
  void aValueTooLargeIsRefusedAndEvictsNothing() {
    MemoryCache<String, String> small = cache(160_000);
    for (int i = 0; i < 20; i++) {
      small.put("key " + i, "value");
    }

    assertThat(small.put("big", "x".repeat(10_000 - OVERHEAD - 2))).isFalse();
    assertThat(small.put("fit", "x".repeat(10_000 - OVERHEAD - 3))).isTrue();
    assertThat(small.get("big")).isNull();
    assertThat(small.size()).isEqualTo(21);
    assertThat(small.stats().refused()).isEqualTo(1);
    assertThat(small.stats().evictions()).isZero();
  }

  @Test
  void aValueTooLargeDoesNotLeaveTheOldOneBehind() {
    cache.put("key", "old");
    cache.put("key", "x".repeat(1 << 20));

    assertThat(cache.get("key")).isNull();
  }

  @Test
  void hitsAndMissesAreCountedAndWhatExpiredIsAMiss() {
    cache.put("key", "value", Duration.ofNanos(1));
    cache.get("key");
    cache.get("other");
    nanos.addAndGet(1);
    cache.get("key");

    assertThat(cache.stats()).isEqualTo(new CacheStats(1, 2, 0, 0, 0, 0));
    assertThat(cache.stats().hitRate()).isEqualTo(1.0 / 3);
  }

  @Test
  void theHitRateBeforeTheFirstReadIsZero() {
    assertThat(cache.stats().hitRate()).isZero();
  }

  @Test
  void clearingDropsAllEntriesAndNoCounter() {
    cache.put("key", "value");
    cache.get("key");
    cache.clear();

    assertThat(cache.get("key")).isNull();
    assertThat(cache.stats()).isEqualTo(new CacheStats(1, 1, 0, 0, 0, 0));
  }

  @Test
  void aNegativeSizeIsRefused() {
    MemoryCache<String, String> bad =
        MemoryCache.<String, String>builder().maximumBytes(1000).sizeOf((k, v) -> -1).build();

    assertThatThrownBy(() -> bad.put("key", "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sizeOf must not be negative, was -1");
  }

  @Test
  void badSettingsAreRefusedWithTheirValue() {
    var builder = MemoryCache.<String, String>builder();

    assertThatThrownBy(builder::build).hasMessage("maximumBytes and sizeOf must be given");
    assertThatThrownBy(() -> builder.maximumBytes(0))
        .hasMessage("maximumBytes must be positive, not 0");
    assertThatThrownBy(() -> builder.largestEntryBytes(-1))
        .hasMessage("largestEntryBytes must be positive, not -1");
    assertThatThrownBy(
            () -> builder.maximumBytes(10).largestEntryBytes(11).sizeOf((key, value) -> 1).build())
        .hasMessage("largestEntryBytes 11 is more than maximumBytes 10");
  }
}
