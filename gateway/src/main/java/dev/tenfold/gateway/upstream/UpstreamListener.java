package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every request that goes to a node. Called on event loops, from several at once; must not
 * block, and must not throw.
 */
public interface UpstreamListener {
  /** Hears nothing. */
  UpstreamListener NONE = new UpstreamListener() {};

  /**
   * An attempt to have a caller's call answered has ended.
   *
   * @param node its name
   * @param failure how it failed, or null for a result
   * @param tookNanos from the request to the end
   */
  default void attempted(String node, @Nullable Failure failure, long tookNanos) {}

  /** A call of our own has ended: the head, the chain id, the version. */
  default void polled(String node, @Nullable Failure failure, long tookNanos) {}
}
