package dev.tenfold.toolkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MemoryCacheStressTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 100_000;
  private static final int KEYS = 2_000;
  private static final long MAXIMUM_BYTES = 400_000;

  private record Value(int key, int bytes) {}

  private final AtomicLong nanos = new AtomicLong();
  private final MemoryCache<Integer, Value> cache =
      MemoryCache.<Integer, Value>builder()
          .maximumBytes(MAXIMUM_BYTES)
          .sizeOf((key, value) -> value.bytes())
          .ticker(nanos::get)
          .build();

  private long useAndCountFaults() {
    var random = new SplittableRandom();
    long faults = 0;
    for (int i = 0; i < ROUNDS; i++) {
      int key = random.nextInt(KEYS);
      var value = new Value(key, random.nextInt(1_000));
      switch (random.nextInt(8)) {
        case 0 -> cache.put(key, value);
        case 1 -> cache.put(key, value, Duration.ofNanos(1 + random.nextInt(100)));
        case 2 -> cache.remove(key);
        case 3 -> nanos.incrementAndGet();
        default -> {
          Value found = cache.get(key);
          faults += found != null && found.key() != key ? 1 : 0;
        }
      }
      faults += i % 1_000 == 0 && cache.bytes() > MAXIMUM_BYTES / 4 * 5 ? 1 : 0;
    }
    return faults;
  }

  @Test
  void theBoundHoldsAndTheWeightsAddUpWhateverThreadsDo() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      var running =
          IntStream.range(0, THREADS)
              .mapToObj(thread -> threads.submit(this::useAndCountFaults))
              .toList();
      for (Future<Long> each : running) {
        assertThat(each.get()).isZero();
      }
    }

    nanos.addAndGet(1_000); // all that can expire has
    long kept = 0;
    for (int key = 0; key < KEYS; key++) {
      Value value = cache.get(key);
      kept += value == null ? 0 : value.bytes() + MemoryCache.ENTRY_OVERHEAD_BYTES;
    }
    assertThat(cache.bytes()).isEqualTo(kept).isBetween(1L, MAXIMUM_BYTES);
    assertThat(cache.stats().evictions()).isPositive();
  }
}
