package dev.tenfold.gateway.config;

/**
 * What answers are kept in.
 *
 * @param memory the most memory that kept answers take, over all chains
 */
public record CacheConfig(DataSize memory) {
  public static final CacheConfig DEFAULT = new CacheConfig(DataSize.mebibytes(128));

  public CacheConfig {
    Rules.range("cache.memory", memory, DataSize.mebibytes(1), DataSize.mebibytes(1L << 20));
  }
}
