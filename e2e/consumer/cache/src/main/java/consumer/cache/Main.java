package consumer.cache;

import dev.tenfold.toolkit.cache.CacheStats;
import dev.tenfold.toolkit.cache.MemoryCache;

final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    MemoryCache<String, byte[]> answers =
        MemoryCache.<String, byte[]>builder()
            .maximumBytes(1 << 20)
            .sizeOf((key, value) -> key.length() + value.length)
            .build();
    answers.put("block 1", new byte[100]);
    answers.get("block 1");
    answers.get("block 2");

    CacheStats stats = answers.stats();
    System.out.printf(
        "cache in %s: %d hit, %d miss%n",
        MemoryCache.class.getModule(), stats.hits(), stats.misses());
  }
}
