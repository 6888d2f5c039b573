package dev.tenfold.gateway.upstream;

import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.upstream.NodeHealth.Asker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes down how attempts at one node ended: in its health, for the metrics, and in the log. */
final class NodeRecord {
  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final String name;
  private final NodeHealth health;
  private final UpstreamListener listener;

  NodeRecord(String name, NodeHealth health, UpstreamListener listener) {
    this.name = name;
    this.health = health;
    this.listener = listener;
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
      failed(asker, failure, tookNanos, restSeconds(reply));
    }
  }

  private void answered(Asker asker, long tookNanos) {
    if (health.answered(asker, tookNanos)) {
      LOG.info("{} is back", name);
    }
  }

  private void failed(Asker asker, Failure failure, long tookNanos, int restSeconds) {
    boolean left = health.failed(asker, failure, tookNanos, restSeconds);
    Level level = asker == Asker.CALL || left ? failure.row().level() : Level.DEBUG;
    LOG.atLevel(level)
        .setMessage("{}: {}{}")
        .addArgument(name)
        .addArgument(failure)
        .addArgument(left ? ", it is asked by a probe only until it is back" : "")
        .log();
  }

  private static int restSeconds(@Nullable RpcReply reply) {
    return reply instanceof RpcReply.RpcError error ? error.retryAfterSeconds() : 0;
  }
}
