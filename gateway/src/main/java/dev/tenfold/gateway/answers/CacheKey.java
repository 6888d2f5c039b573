package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What makes two calls the same: the chain and how often it was reset, the method, the block that a
 * tag meant, and the parameters in canonical form, which are compared byte for byte. Immutable.
 *
 * <p>For calls in flight there is more to it: one who has seen a block is not to be given an answer
 * that was asked for before it, unless the call is about older ones; and one who has seen a block
 * leave the chain none that was asked for before that.
 */
final class CacheKey {
  final String chain;
  final long epoch;
  final Method method;
  final long number;
  final byte[] params;
  private final int hash;
  private final long head;
  private final long generation;

  CacheKey(String chain, long epoch, Method method, long number, byte[] params, int hash) {
    this(chain, epoch, method, number, params, hash, Snapshot.UNKNOWN, Snapshot.UNKNOWN);
  }

  private CacheKey(
      String chain,
      long epoch,
      Method method,
      long number,
      byte[] params,
      int hash,
      long head,
      long generation) {
    this.chain = chain;
    this.epoch = epoch;
    this.method = method;
    this.number = number;
    this.params = params;
    this.hash = hash;
    this.head = head;
    this.generation = generation;
  }

  /**
   * The key of the same call while it is in flight for callers who believe this. All who have seen
   * the last block that it is about are alike: what came after that changes nothing.
   *
   * @param last that block's number, or {@link Snapshot#UNKNOWN}
   */
  CacheKey inFlightAt(Snapshot snapshot, long last) {
    long seen = last == Snapshot.UNKNOWN ? snapshot.head() : Math.min(last, snapshot.head());
    return new CacheKey(chain, epoch, method, number, params, hash, seen, snapshot.generation());
  }

  /** True unless it is the key of a call in flight. */
  boolean isOfAnswer() {
    return generation == Snapshot.UNKNOWN;
  }

  static int hash(String chain, long epoch, Method method, long number, int paramsHash) {
    int hash = paramsHash;
    hash = 31 * hash + method.name().hashCode();
    hash = 31 * hash + chain.hashCode();
    hash = 31 * hash + Long.hashCode(number);
    return 31 * hash + Long.hashCode(epoch);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CacheKey that
        && hash == that.hash
        && epoch == that.epoch
        && number == that.number
        && head == that.head
        && generation == that.generation
        && method.name().equals(that.method.name())
        && chain.equals(that.chain)
        && Arrays.equals(params, that.params);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
