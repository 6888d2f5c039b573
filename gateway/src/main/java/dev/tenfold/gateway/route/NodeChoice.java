package dev.tenfold.gateway.route;

import dev.tenfold.gateway.upstream.Node;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says which node to ask next. Thread-safe; costs a few passes over the nodes.
 *
 * <ol>
 *   <li>Well nodes that are no backup; where there is none left, well backups.
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
  @Nullable Node next(Collection<Node> asked) {
    List<Node> well = nodes.stream().filter(Node::isWell).toList();
    if (well.isEmpty()) {
      return lastResort(asked);
    }
    Predicate<Node> left = node -> !asked.contains(node);
    List<Node> first = well.stream().filter(left).filter(node -> !node.isBackup()).toList();
    return best(first.isEmpty() ? well.stream().filter(left).toList() : first);
  }

  private @Nullable Node lastResort(Collection<Node> asked) {
    return nodes.stream()
        .filter(node -> node.mayBeTried() && !asked.contains(node))
        .min(LAST_RESORT)
        .orElse(null);
  }

  private @Nullable Node best(List<Node> among) {
    if (among.size() <= 1) {
      return among.isEmpty() ? null : among.getFirst();
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
