package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What makes two calls the same: the chain and how often it was reset, the method, and the
 * parameters in canonical form, which are compared byte for byte. Immutable.
 *
 * <p>For calls in flight, the head that the caller knew belongs to it too: one who has seen a block
 * is not to be given an answer that was asked for before it.
 */
final class CacheKey {
  final String chain;
  final long generation;
  final Method method;
  final long head;
  final byte[] params;
  private final int hash;

  CacheKey(String chain, long generation, Method method, byte[] params, int paramsHash) {
    this(chain, generation, method, Snapshot.UNKNOWN, params, paramsHash);
  }

  private CacheKey(
      String chain, long generation, Method method, long head, byte[] params, int hash) {
    this.chain = chain;
    this.generation = generation;
    this.method = method;
    this.head = head;
    this.params = params;
    this.hash = hash;
  }

  /** The key of the same call while it is in flight for callers who know this head. */
  CacheKey inFlightAt(long knownHead) {
    return new CacheKey(chain, generation, method, knownHead, params, hash);
  }

  static int hash(String chain, long generation, Method method, int paramsHash) {
    int hash = paramsHash;
    hash = 31 * hash + method.name().hashCode();
    hash = 31 * hash + chain.hashCode();
    return 31 * hash + Long.hashCode(generation);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CacheKey that
        && hash == that.hash
        && generation == that.generation
        && head == that.head
        && method.name().equals(that.method.name())
        && chain.equals(that.chain)
        && Arrays.equals(params, that.params);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
