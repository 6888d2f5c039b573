package dev.tenfold.gateway.route;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What one call has seen of nodes that do not have its block: they lag by a moment as a rule, or
 * one address stands for several nodes of which one lags. So they are asked again after a while, a
 * few times. Confined to the event loop of the caller.
 */
final class Lag {
  /** The waits before nodes that lag are asked again: about a second together. */
  static final List<Duration> WAITS =
      List.of(
          Duration.ofMillis(5),
          Duration.ofMillis(10),
          Duration.ofMillis(25),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(300),
          Duration.ofMillis(300));

  private final RoutedChain chain;
  private final RpcRequest request;
  private final List<Node> behind = new ArrayList<>(1);
  private int round;

  Lag(RoutedChain chain, RpcRequest request) {
    this.chain = chain;
    this.request = request;
  }

  /** This node does not have the block. */
  void add(Node node) {
    behind.add(node);
  }

  /** True if a node lags that may be asked again. */
  boolean isThere() {
    return !behind.isEmpty();
  }

  /** True if it makes sense to wait: the waits are not over, and the block is still there. */
  boolean mayWait() {
    return round < WAITS.size() && isStillInChain();
  }

  /** What the caller believes in may have left the chain meanwhile: then no node will have it. */
  private boolean isStillInChain() {
    BlockHeader block = request.asked().block();
    if (block == null) {
      return true;
    }
    BlockHeader now = chain.snapshots().get().block(block.number());
    return now == null || now.hash().equals(block.hash());
  }

  /** True if nodes were waited for, or are now. */
  boolean hasWaited() {
    return round > 0;
  }

  /** Waits, and takes the nodes that lag out of those that were asked. */
  void await(Collection<Node> asked, Runnable then) {
    if (round == 0) {
      chain.suspect().run();
    }
    asked.removeAll(behind);
    behind.clear();
    chain.timer().accept(WAITS.get(round++), then);
  }
}
