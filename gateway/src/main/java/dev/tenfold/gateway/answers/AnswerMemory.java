package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import dev.tenfold.toolkit.cache.CacheStats;
import dev.tenfold.toolkit.cache.MemoryCache;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept, of all chains together, bounded in bytes. Thread-safe. A look-up takes
 * no lock and allocates nothing; whether what it finds is good is for {@link Validity} to say.
 */
public final class AnswerMemory {
  // The cache counts a key and a value that are each one small object around an array. Beyond that
  // there are the wider key, the future and the reply in it, and a hash until its block is final.
  private static final int OBJECT_BYTES = 88;
  private static final int HASH_BYTES = 48;

  private final MemoryCache<CacheKey, KeptAnswer> kept;
  private final long largestAnswerBytes;

  /**
   * Makes an empty memory.
   *
   * @param maximumBytes for all answers together, with keys and overhead; with 0 none is kept
   * @param largestAnswerBytes the largest answer that is kept; {@code limits.buffered}. One that is
   *     larger than {@code maximumBytes} allows is not kept either
   */
  public AnswerMemory(long maximumBytes, long largestAnswerBytes) {
    // No entry is as small as one byte, so a bound of none keeps none.
    long bound = Math.max(1, maximumBytes);
    this.largestAnswerBytes = largestAnswerBytes;
    this.kept =
        MemoryCache.<CacheKey, KeptAnswer>builder()
            .maximumBytes(bound)
            .largestEntryBytes(bound)
            .sizeOf(AnswerMemory::bytes)
            .build();
  }

  /** The answer under a key or probe, good or not; null if there is none. */
  @Nullable KeptAnswer find(Object key) {
    return kept.get(key);
  }

  /**
   * Keeps an answer, in place of what was under the key.
   *
   * @return false if it is too large
   */
  boolean keep(CacheKey key, RpcReply reply, Placement placement) {
    return !isTooLarge(reply)
        && kept.put(key, new KeptAnswer(reply, (int) bytes(reply), placement));
  }

  boolean isTooLarge(RpcReply reply) {
    return bytes(reply) > largestAnswerBytes;
  }

  /** What it holds, and what happened. Not for each call: see {@link MemoryCache#stats}. */
  public CacheStats stats() {
    return kept.stats();
  }

  private static long bytes(CacheKey key, KeptAnswer answer) {
    int hash = answer.unlessFinal() == null ? 0 : HASH_BYTES;
    return (long) key.params.length + answer.jsonBytes() + OBJECT_BYTES + hash;
  }

  private static long bytes(RpcReply reply) {
    return switch (reply) {
      case Result result -> result.json().length;
      case RpcError error -> error.json().length;
      case Streamed streamed -> Long.MAX_VALUE;
    };
  }
}
