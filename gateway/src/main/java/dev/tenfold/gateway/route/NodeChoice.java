package dev.tenfold.gateway.route;

import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.gateway.upstream.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which node to ask next. Thread-safe; costs a few passes over the nodes.
 *
 * <ol>
 *   <li>A call about a block is given only to a well node that has this block, on the fork that is
 *       followed. Any other goes rather to a node that has reached the caller's head.
 *   <li>No backup, if there is a choice; but rather a backup than a node that lags, for a call
 *       about a block.
 *   <li>Among these a node is drawn by weight. The fastest of late of those with the same weight
 *       gets the call; once in {@value #TRY_SLOW_ONCE_IN} the one that was drawn gets it, so that a
 *       slow node can show that it has become faster.
 *   <li>Where no node at all is well, one that is not: no backup first, and then the one whose last
 *       answer is the most recent.
 * </ol>
 */
final class NodeChoice {
  static final int TRY_SLOW_ONCE_IN = 50;

  private static final Comparator<Node> LAST_RESORT =
      Comparator.comparing(Node::isBackup)
          .thenComparing(Comparator.comparingLong(Node::lastSuccessNanos).reversed());

  private final List<Node> nodes;
  private final IntUnaryOperator randomBelow;

  /**
   * A choice among the nodes.
   *
   * @param nodes in the order of the configuration
   * @param randomBelow a random number from 0 to before its argument
   */
  NodeChoice(List<? extends Node> nodes, IntUnaryOperator randomBelow) {
    this.nodes = List.copyOf(nodes);
    this.randomBelow = randomBelow;
  }

  /** A choice by the random numbers of each thread. */
  static NodeChoice among(List<? extends Node> nodes) {
    return new NodeChoice(nodes, bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  /** The node to ask after those that were asked already, or null if there is none. */
  @Nullable Node next(Collection<Node> asked, RpcRequest request) {
    // On the way of every miss: loops, where streams would read better and cost more.
    boolean someWell = false;
    List<Node> able = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      boolean well = node.isWell();
      someWell |= well;
      if (well && !asked.contains(node) && has(node, request)) {
        able.add(node);
      }
    }
    if (!someWell) {
      return lastResort(asked);
    }
    return able.size() <= 1 ? only(able) : best(firstTier(able, request));
  }

  private static @Nullable Node only(List<Node> able) {
    return able.isEmpty() ? null : able.getFirst();
  }

  /** True if a well node was not asked because it does not have the block yet. */
  boolean isSomeoneBehind(Collection<Node> asked, RpcRequest request) {
    return nodes.stream()
        .anyMatch(node -> node.isWell() && !asked.contains(node) && !has(node, request));
  }

  private static boolean has(Node node, RpcRequest request) {
    long number = request.asked().number();
    if (number == Snapshot.UNKNOWN || node.head() == Snapshot.UNKNOWN) {
      return true;
    }
    boolean onEveryFork = number <= request.snapshot().finalized();
    return node.head() >= number && (node.follows() || onEveryFork);
  }

  private static List<Node> firstTier(List<Node> able, RpcRequest request) {
    Predicate<Node> primary = node -> !node.isBackup();
    Predicate<Node> current = node -> node.follows() && node.head() >= request.snapshot().head();
    boolean aboutBlock = request.asked().number() != Snapshot.UNKNOWN;
    return Stream.of(primary.and(current), aboutBlock ? current : primary, primary)
        .map(tier -> able.stream().filter(tier).toList())
        .filter(tier -> !tier.isEmpty())
        .findFirst()
        .orElse(able);
  }

  private @Nullable Node lastResort(Collection<Node> asked) {
    return nodes.stream()
        .filter(node -> node.mayBeTried() && !asked.contains(node))
        .min(LAST_RESORT)
        .orElse(null);
  }

  private @Nullable Node best(List<Node> among) {
    if (among.size() <= 1) {
      return only(among);
    }
    Node drawn = drawByWeight(among);
    if (randomBelow.applyAsInt(TRY_SLOW_ONCE_IN) == 0) {
      return drawn;
    }
    return among.stream()
        .filter(node -> node.weight() == drawn.weight())
        .min(Comparator.comparingDouble(Node::latencyNanos))
        .orElse(drawn);
  }

  private Node drawByWeight(List<Node> among) {
    int left = randomBelow.applyAsInt(among.stream().mapToInt(Node::weight).sum());
    for (Node node : among) {
      left -= node.weight();
      if (left < 0) {
        return node;
      }
    }
    return among.getLast();
  }
}
