package dev.tenfold.gateway.rpc;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * One stage on the way of a call. Each stage knows only the next one.
 *
 * <p>Called on the event loop of the caller's connection; must not block it. The future returned
 * never fails: every way in which a call can end is an {@link RpcReply}. It completes on the event
 * loop that called, and is already complete where the answer was known.
 */
@FunctionalInterface
public interface RpcHandler {
  Future<RpcReply> handle(RpcRequest request);

  /**
   * What {@link #handle} would answer, if that is known already; else null. Nothing is begun or
   * counted by it, and nothing holds on to the bytes of the request afterwards.
   */
  default @Nullable RpcReply known(RpcRequest request) {
    return null;
  }
}
