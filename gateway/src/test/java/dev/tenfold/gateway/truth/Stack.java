package dev.tenfold.gateway.truth;

import dev.tenfold.gateway.answers.StageWithFault;
import dev.tenfold.gateway.chain.ChainIdentity;
import dev.tenfold.gateway.chain.HeadTracker;
import dev.tenfold.gateway.route.RouteInHand;
import dev.tenfold.gateway.rpc.RpcHandler;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.upstream.Upstream;
import dev.tenfold.gateway.upstream.UpstreamInProcess;
import dev.tenfold.simnode.SimNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The gateway's rooms from {@code answers} to {@code upstream}, put together as the program does
 * it, but with one thread, a clock in the test's hand, and links in place of sockets.
 */
final class Stack {
  private static final String CHAIN = "main";

  private final List<Link> links = new ArrayList<>();
  private final HandClock clock;
  private final HeadTracker tracker;
  private final RpcHandler handler;
  private Runnable whenTaken = () -> {};

  /** A gateway in front of these nodes that has followed their chain for some seconds. */
  Stack(List<SimNode> nodes, Setting setting, Fault fault, HandClock clock, Random random) {
    this.clock = clock;
    ChainIdentity identity = new ChainIdentity(CHAIN, OptionalLong.empty());
    List<Upstream> upstreams = new ArrayList<>();
    for (SimNode node : nodes) {
      Link link = new Link(node, clock, random);
      links.add(link);
      String name = CHAIN + "#" + links.size();
      upstreams.add(UpstreamInProcess.over(name, link::ask, identity, clock));
    }
    tracker = new HeadTracker(identity, upstreams, setting.finalityDepth(), clock);
    tracker.start(clock);
    RpcHandler route =
        RouteInHand.router(
            upstreams, tracker, (wait, then) -> clock.after(wait, then), clock, random);
    handler =
        StageWithFault.answers(
            route, CHAIN, identity, this::take, tracker, clock, clock::after, fault);
    tracker.touched();
    clock.pass(Duration.ofSeconds(5));
  }

  /** The first of the rooms. */
  RpcHandler handler() {
    return handler;
  }

  /** What is to be done when the gateway itself looks at what it believes. */
  void whenTaken(Runnable action) {
    whenTaken = action;
  }

  private Snapshot take() {
    whenTaken.run();
    return tracker.get();
  }

  /** A request arrives: what is believed of the chain is made to be of now, if it is not. */
  void arrive() {
    tracker.touched();
    if (!tracker.awake(clock.getAsLong()) && !tracker.wake().isComplete()) {
      clock.pass(HeadTracker.PATIENCE);
    }
  }

  /** What is believed of the chain. */
  Supplier<Snapshot> snapshots() {
    return tracker;
  }

  /** The ways to the nodes. */
  List<Link> links() {
    return links;
  }
}
