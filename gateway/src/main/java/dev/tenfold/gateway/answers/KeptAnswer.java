package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.RpcReply;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A reply that is ready to be given, and the block that it belongs to. Thread-safe: it changes in
 * one way only, from "good with this block" to "good for ever", and a thread that sees the older
 * state comes to the same by itself.
 */
final class KeptAnswer {
  private final Future<RpcReply> reply;
  private final int jsonBytes;
  private @Nullable BlockHeader block;

  KeptAnswer(RpcReply reply, int jsonBytes, Placement placement) {
    this.reply = Future.succeededFuture(reply.with(CacheStatus.HIT));
    this.jsonBytes = jsonBytes;
    this.block = placement.isFinal() ? null : placement.block();
  }

  /** Complete, and marked as a hit. */
  Future<RpcReply> reply() {
    return reply;
  }

  int jsonBytes() {
    return jsonBytes;
  }

  /** The block that it is good with, or null once it is good for ever. */
  @Nullable BlockHeader unlessFinal() {
    return block;
  }

  void markFinal() {
    block = null;
  }
}
