package dev.tenfold.gateway.route;

import dev.tenfold.gateway.chain.HeadTracker;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.upstream.Node;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** A router whose choices and waits are in a test's hand. */
public final class RouteInHand {
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  private RouteInHand() {}

  /** A router among these nodes; what it leaves to chance follows from the random numbers. */
  public static RpcHandler router(
      List<? extends Node> nodes,
      HeadTracker tracker,
      BiConsumer<Duration, Runnable> timer,
      LongSupplier nanos,
      Random random) {
    RoutedChain chain = new RoutedChain(tracker, tracker::suspect, timer);
    return new Router(
        nodes, new NodeChoice(nodes, random::nextInt), new RouteLimits(ATTEMPT), chain, nanos);
  }
}
