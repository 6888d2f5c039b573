package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.RpcReply;

/**
 * What one HTTP request holds in memory, body and replies together, as its share of what all may
 * hold. The first {@value #FREE_BYTES} bytes are not counted: a usual request costs two additions
 * and touches nothing that is shared. Confined to the event loop of the connection.
 */
final class Holding {
  /**
   * With {@code limits.connections} at their default, 10,000, what is not counted is 160 MiB at the
   * very most.
   */
  static final int FREE_BYTES = 16 << 10;

  /** For a stream: a piece from the node, and what waits for the socket. */
  static final int STREAM_BYTES = 256 << 10;

  private final InFlight inFlight;
  private long held;
  private long counted;

  Holding(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /** Holds so many bytes more; false if there is no room, and they are not held. */
  boolean hold(long bytes) {
    long more = Math.max(0, held + bytes - FREE_BYTES) - counted;
    if (more > 0 && !inFlight.take(more)) {
      return false;
    }
    held += bytes;
    counted += Math.max(0, more);
    return true;
  }

  /** So many bytes are not held any more. */
  void drop(long bytes) {
    held -= bytes;
    long less = counted - Math.max(0, held - FREE_BYTES);
    if (less > 0) {
      inFlight.give(less);
      counted -= less;
    }
  }

  /** Nothing is held any more. May be called again. */
  void release() {
    drop(held);
  }

  boolean isCounted() {
    return counted > 0;
  }

  /** Holds a reply; or lets go of it, and says instead that there is no room. */
  RpcReply hold(RpcReply reply) {
    if (hold(bytes(reply))) {
      return reply;
    }
    cancel(reply);
    return Failure.IN_FLIGHT_FULL.reply();
  }

  /** As many bytes as {@link #hold(RpcReply)} counts for a reply. */
  static long bytes(RpcReply reply) {
    return switch (reply) {
      case RpcReply.Result result -> result.json().length;
      case RpcReply.RpcError error -> error.json().length;
      case RpcReply.Streamed streamed -> (long) streamed.result().heldBytes() + STREAM_BYTES;
    };
  }

  /** Nobody reads this reply. */
  static void cancel(RpcReply reply) {
    if (reply instanceof RpcReply.Streamed streamed) {
      streamed.result().cancel();
    }
  }
}
