package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;

/**
 * Told of each call that passed through {@link Answers}. Called on event loops: an implementation
 * must be thread-safe, quick, and not throw.
 */
public interface CacheMetrics {
  /** Takes no notice. */
  CacheMetrics NONE = new CacheMetrics() {};

  /** A call was answered from memory, or here without a node. */
  default void hit(RpcRequest request) {}

  /**
   * A call went to a node, or waited for one that did.
   *
   * @param collapsed true if it waited for an equal call of another
   */
  default void miss(RpcRequest request, MissReason reason, boolean collapsed) {}
}
