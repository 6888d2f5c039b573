package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.upstream.NodeHealth.Asker;
import org.jspecify.annotations.Nullable;

/** Writes down how attempts at one node ended: in its health, for the metrics, and in the log. */
final class NodeRecord {
  private final String name;
  private final NodeHealth health;
  private final UpstreamListener listener;
  private final NodeLog log;

  NodeRecord(String name, NodeHealth health, UpstreamListener listener, NodeLog log) {
    this.name = name;
    this.health = health;
    this.listener = listener;
    this.log = log;
  }

  /** A request of our own with so many questions ended so. */
  void endedBatch(int questions, RpcReply reply, long tookNanos) {
    Failure failure = reply instanceof RpcReply.RpcError error ? error.failure() : null;
    for (int i = 1; i < questions; i++) {
      listener.polled(name, failure, tookNanos);
    }
    ended(Asker.PROBE, reply, tookNanos);
  }

  /** An attempt ended so. */
  void ended(Asker asker, RpcReply reply, long tookNanos) {
    Failure failure = reply instanceof RpcReply.RpcError error ? error.failure() : null;
    if (asker == Asker.CALL) {
      listener.attempted(name, failure, tookNanos);
    } else {
      listener.polled(name, failure, tookNanos);
    }
    if (failure == null || failure == Failure.NODE_REVERT || failure == Failure.NODE_ERROR) {
      answered(asker, tookNanos);
    } else {
      health.failed(asker, failure, tookNanos, restSeconds(reply));
      log.failed(failure, asker == Asker.CALL, health.isOut());
    }
  }

  /** An answer to the chain's id alone does not bring a node back: what it says must be right. */
  private void answered(Asker asker, long tookNanos) {
    health.answered(asker, tookNanos);
    if (health.isWell()) {
      log.well();
    }
  }

  /** The node was found to be of another chain. */
  void refused(long itsChain, String chain, long chainId) {
    log.refused(itsChain, chain, chainId);
  }

  private static int restSeconds(@Nullable RpcReply reply) {
    return reply instanceof RpcReply.RpcError error ? error.retryAfterSeconds() : 0;
  }
}
