package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.chain.FollowedNode.Place;
import dev.tenfold.gateway.evm.BlockHeader;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the forks that the nodes are on is followed, and what is to be found out before that can
 * be said. A function of what is known; asks nobody and changes nothing.
 */
final class ForkRule {
  /*
   * 1. Candidates are the nodes that answer and whose newest block is at most one below the highest
   *    reported. One that merely lags has no say.
   * 2. A fork that is higher than our head is followed where its candidates weigh more than those
   *    on ours. A tie keeps ours.
   * 3. Nothing else takes a block away while one candidate has our head. Where none has, the
   *    highest candidate that denies it again and again (Doubt) is followed, down or aside. A node
   *    that has the blocks below our head, and never had our head, merely lags.
   * 4. A chain with another block where ours is final is followed by the same rule, after a Doubt
   *    about the final block; that is a reset.
   */
  private static final Set<Place> OURS = Set.of(Place.ON, Place.AHEAD);
  private static final Set<Place> ELSEWHERE = Set.of(Place.FORK, Place.APART, Place.FOREIGN);

  private final ChainSnapshot belief;
  private final @Nullable BlockHeader head;
  private final List<FollowedNode> candidates;

  /** What is to be done next. */
  sealed interface Step {
    /** Nothing. */
    record Stay() implements Step {}

    /** Find the way from what the node reported to the window. */
    record WalkFrom(FollowedNode node) implements Step {}

    /** Ask the node again and again whether it has this block of ours. */
    record DoubtOf(FollowedNode node, BlockHeader ours) implements Step {}

    /** Take over what the node reported. */
    record Adopt(FollowedNode node) implements Step {}
  }

  private static final Step STAY = new Step.Stay();

  private ForkRule(ChainSnapshot belief, List<FollowedNode> nodes) {
    this.belief = belief;
    this.head = belief.window().head();
    long highest = nodes.stream().mapToLong(FollowedNode::number).max().orElse(0);
    this.candidates =
        nodes.stream()
            .filter(node -> node.number() >= highest - 1)
            .sorted(Comparator.comparingLong(FollowedNode::number).reversed())
            .toList();
  }

  /** Decides. The nodes' places must be those of this belief. */
  static Step next(ChainSnapshot belief, List<FollowedNode> nodes) {
    return new ForkRule(belief, nodes.stream().filter(FollowedNode::hasSay).toList()).next();
  }

  /** The highest node whose newest block simply comes after our head, or null. */
  static @Nullable FollowedNode ahead(List<FollowedNode> nodes) {
    return nodes.stream()
        .filter(node -> node.hasSay() && node.place() == Place.AHEAD)
        .max(Comparator.comparingLong(FollowedNode::number))
        .orElse(null);
  }

  private Step next() {
    if (candidates.isEmpty()) {
      return STAY;
    }
    BlockHeader ours = head;
    if (ours == null) {
      return new Step.Adopt(candidates.getFirst());
    }
    for (FollowedNode node : candidates) {
      if (node.number() > ours.number() && node.place() == Place.UNKNOWN && node.mayWalk()) {
        return new Step.WalkFrom(node);
      }
    }
    return higherFork(ours).or(this::ahead).orElseGet(() -> back(ours));
  }

  private Optional<Step> ahead() {
    return candidates.stream()
        .filter(node -> node.place() == Place.AHEAD)
        .findFirst()
        .map(Step.Adopt::new);
  }

  private Optional<Step> higherFork(BlockHeader ours) {
    int weightOfOurs = weight(node -> OURS.contains(node.place()));
    return candidates.stream()
        .filter(node -> node.number() > ours.number() && ELSEWHERE.contains(node.place()))
        .filter(node -> weightOfForkOf(node) > weightOfOurs)
        .max(Comparator.comparingInt(this::weightOfForkOf))
        .flatMap(node -> aside(node, Objects.requireNonNullElse(belief.anchor(), ours)));
  }

  private static Optional<Step> aside(FollowedNode node, BlockHeader last) {
    if (node.place() != Place.FOREIGN || node.denies(last)) {
      return Optional.of(new Step.Adopt(node));
    }
    return node.mayBeQuestioned() ? Optional.of(new Step.DoubtOf(node, last)) : Optional.empty();
  }

  private Step back(BlockHeader ours) {
    if (candidates.stream().anyMatch(node -> hasHead(node, ours))) {
      return STAY;
    }
    Comparator<FollowedNode> byHeight = Comparator.comparingLong(FollowedNode::number);
    return candidates.stream()
        .filter(node -> mayTakeBack(node, ours))
        .max(byHeight.thenComparingInt(this::weightOfForkOf))
        .map(node -> back(node, ours))
        .orElse(STAY);
  }

  private static Step back(FollowedNode node, BlockHeader ours) {
    if (!node.denies(ours)) {
      return node.mayBeQuestioned() ? new Step.DoubtOf(node, ours) : STAY;
    }
    if (node.place() == Place.UNKNOWN || node.place() == Place.LOW) {
      return node.mayWalk() ? new Step.WalkFrom(node) : STAY;
    }
    return new Step.Adopt(node);
  }

  private static boolean hasHead(FollowedNode node, BlockHeader ours) {
    return node.place() == Place.AHEAD
        || (node.place() == Place.ON && node.number() == ours.number());
  }

  private static boolean mayTakeBack(FollowedNode node, BlockHeader ours) {
    boolean below = node.place() == Place.ON || node.place() == Place.LOW;
    return node.number() <= ours.number() && (!below || node.had(ours.number()));
  }

  private int weightOfForkOf(FollowedNode node) {
    return weight(other -> areOnOneFork(node, other));
  }

  private int weight(Predicate<FollowedNode> counts) {
    return candidates.stream().filter(counts).mapToInt(FollowedNode::weight).sum();
  }

  private static boolean areOnOneFork(FollowedNode a, FollowedNode b) {
    return a == b || passes(a, b.report()) || passes(b, a.report());
  }

  private static boolean passes(FollowedNode node, @Nullable BlockHeader block) {
    return block != null
        && node.branch().stream().anyMatch(step -> step.hash().equals(block.hash()));
  }
}
