package dev.tenfold.toolkit.cache;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * While there is room, the cache is a map: what threads see of it is what one operation after the
 * other would have shown, also where a value is refused for its size and takes the old one with it.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
public class MemoryCacheLincheckTest {
  private static final int LARGEST = 1_000;

  /** Values are sizes; two keys. */
  @Param(name = "key", gen = IntGen.class, conf = "1:2")
  @Param(name = "value", gen = IntGen.class, conf = "998:1002")
  public static class Shared {
    private final MemoryCache<Integer, Integer> cache =
        MemoryCache.<Integer, Integer>builder()
            .maximumBytes(1_000_000)
            .largestEntryBytes(LARGEST + MemoryCache.ENTRY_OVERHEAD_BYTES)
            .sizeOf((key, value) -> value)
            .build();

    @Operation
    public @Nullable Integer get(@Param(name = "key") int key) {
      return cache.get(key);
    }

    @Operation
    public boolean put(@Param(name = "key") int key, @Param(name = "value") int value) {
      return cache.put(key, value);
    }

    @Operation
    public void remove(@Param(name = "key") int key) {
      cache.remove(key);
    }
  }

  @Test
  void admissionAndRemovalAreLinearizable() {
    var options =
        new StressOptions()
            .threads(3)
            .actorsPerThread(3)
            .actorsBefore(1)
            .actorsAfter(2)
            .iterations(15)
            .invocationsPerIteration(500);
    assertThatCode(() -> options.check(Shared.class)).doesNotThrowAnyException();
  }
}
