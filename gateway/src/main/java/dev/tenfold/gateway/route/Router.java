package dev.tenfold.gateway.route;

import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.Node;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Has the calls of one chain answered by its nodes: picks one, and after a failure that allows it
 * the next, never the same one twice for one call. What allows it stands in {@link
 * dev.tenfold.gateway.rpc.FailureTable}; whom to pick, in {@link NodeChoice}.
 *
 * <p>Thread-safe; each call stays on the event loop that brought it.
 */
public final class Router implements RpcHandler {
  private final NodeChoice choice;
  private final List<? extends Node> nodes;
  private final RouteLimits limits;
  private final RoutedChain chain;
  private final LongSupplier nanos;
  private final Unanswered unanswered;
  private final FilterRoute filters;

  /**
   * A router of one chain.
   *
   * @param nodes in the order of the configuration, at least one
   * @param limits how long to wait
   * @param chain what is believed of the chain, and how to wait for a node that lags behind it
   * @param nanos as {@link System#nanoTime}, the clock of the requests' deadlines
   */
  public Router(
      List<? extends Node> nodes, RouteLimits limits, RoutedChain chain, LongSupplier nanos) {
    this(nodes, NodeChoice.among(nodes), limits, chain, nanos);
  }

  Router(
      List<? extends Node> nodes,
      NodeChoice choice,
      RouteLimits limits,
      RoutedChain chain,
      LongSupplier nanos) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a chain needs a node");
    }
    this.nodes = List.copyOf(nodes);
    this.choice = choice;
    this.limits = limits;
    this.chain = chain;
    this.nanos = nanos;
    this.unanswered = new Unanswered(nodes, nanos);
    this.filters = new FilterRoute(this, new FilterPins(nanos));
  }

  @Override
  public Future<RpcReply> handle(RpcRequest request) {
    return request.method().methodClass() == MethodClass.FILTER
        ? filters.handle(request)
        : send(request).reply();
  }

  /** Sends the call on its way from node to node. */
  Trip send(RpcRequest request) {
    return new Trip(request, choice, nodes, limits, nanos, unanswered, chain).begin();
  }

  /** Asks this one node and no other. */
  Future<RpcReply> sendTo(Node node, RpcRequest request) {
    List<Node> only = List.of(node);
    NodeChoice choiceOfOne = new NodeChoice(only, bound -> 0);
    return new Trip(request, choiceOfOne, only, limits, nanos, unanswered, chain).begin().reply();
  }
}
