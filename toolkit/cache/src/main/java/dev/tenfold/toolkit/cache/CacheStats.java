package dev.tenfold.toolkit.cache;

/**
 * What a {@link MemoryCache} did since it was built, and what it holds. The figures are read one
 * after the other while others read and write, so they may differ by what happened in between.
 *
 * @param hits reads that found a value
 * @param misses reads that found none, or one whose time was over
 * @param evictions entries that left because others needed the room
 * @param refused entries that were not taken because they are too large
 * @param bytes what the entries take on the heap, overhead included
 * @param size the number of entries, expired ones that nobody asked for included
 */
public record CacheStats(
    long hits, long misses, long evictions, long refused, long bytes, long size) {

  /** The share of reads that found a value, from 0 to 1; 0 before the first read. */
  public double hitRate() {
    long reads = hits + misses;
    return reads == 0 ? 0 : (double) hits / reads;
  }
}
