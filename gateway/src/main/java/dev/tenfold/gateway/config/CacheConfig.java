package dev.tenfold.gateway.config;

/**
 * What answers are kept in.
 *
 * @param memory the most memory that kept answers take, over all chains; with 0 none is kept
 */
public record CacheConfig(DataSize memory) {
  // Before the default, which is checked against them.
  private static final DataSize LEAST = DataSize.mebibytes(1);
  private static final DataSize MOST = DataSize.mebibytes(1L << 20);

  public static final CacheConfig DEFAULT = new CacheConfig(DataSize.mebibytes(128));

  public CacheConfig {
    if (memory.bytes() != 0 && (memory.compareTo(LEAST) < 0 || memory.compareTo(MOST) > 0)) {
      throw Rules.refuse("cache.memory", memory, "it must be 0B, or from " + LEAST + " to " + MOST);
    }
  }
}
