package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A reply that is ready to be given, and the block that it belongs to. Thread-safe: it changes in
 * one way only, from "good with this block" to "good for ever", and a thread that sees the older
 * state comes to the same by itself.
 */
final class KeptAnswer {
  private final RpcReply given; // also within the future: one step less to memory that may be cold
  private final Future<RpcReply> reply;
  private final int jsonBytes;
  private final long number;
  private @Nullable BlockHash hash; // not the header: with its bloom it is larger than most answers

  KeptAnswer(RpcReply reply, int jsonBytes, Placement placement) {
    this.given = reply.with(CacheStatus.HIT);
    this.reply = Future.succeededFuture(given);
    this.jsonBytes = jsonBytes;
    BlockHeader block = placement.isFinal() ? null : placement.block();
    this.number = block == null ? Snapshot.UNKNOWN : block.number();
    this.hash = block == null ? null : block.hash();
  }

  /** Marked as a hit. */
  RpcReply given() {
    return given;
  }

  /** The same, complete. */
  Future<RpcReply> reply() {
    return reply;
  }

  int jsonBytes() {
    return jsonBytes;
  }

  /** The hash of the block that it is good with, or null once it is good for ever. */
  @Nullable BlockHash unlessFinal() {
    return hash;
  }

  /** That block's number. */
  long number() {
    return number;
  }

  void markFinal() {
    hash = null;
  }
}
