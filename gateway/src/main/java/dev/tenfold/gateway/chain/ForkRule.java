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
   * 3. Else a block is taken away only where a node denies again and again to have our head
   *    (Doubt), and either no candidate has it any more, or the candidates on another fork of the
   *    same height weigh more. The highest such node is followed, down or aside. A node that has
   *    the blocks below our head, and never had our head, merely lags.
   * 4. A node on a chain with another block where ours is final counts only where such nodes weigh
   *    more than all that are on ours, candidates or not. It is followed after a Doubt; that is a
   *    reset.
   */
  private static final Set<Place> OURS = Set.of(Place.ON, Place.AHEAD);
  private static final Set<Place> ELSEWHERE = Set.of(Place.FORK, Place.APART, Place.FOREIGN);
  private static final Step STAY = new Step.Stay();

  private final ChainSnapshot belief;
  private final List<FollowedNode> nodes;
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

  private ForkRule(ChainSnapshot belief, List<FollowedNode> nodes) {
    this.belief = belief;
    this.nodes = nodes;
    List<FollowedNode> counting = nodes.stream().filter(this::counts).toList();
    long highest = counting.stream().mapToLong(FollowedNode::number).max().orElse(0);
    this.candidates =
        counting.stream()
            .filter(node -> node.number() >= highest - 1)
            .sorted(Comparator.comparingLong(FollowedNode::number).reversed())
            .toList();
  }

  /** Decides. The nodes' places must be those of this belief. */
  static Step next(ChainSnapshot belief, List<FollowedNode> nodes) {
    ForkRule rule = new ForkRule(belief, nodes.stream().filter(FollowedNode::hasSay).toList());
    BlockHeader head = belief.window().head();
    return head == null ? rule.begin() : rule.next(head);
  }

  /** The highest node whose newest block simply comes after our head, or null. */
  static @Nullable FollowedNode ahead(List<FollowedNode> nodes) {
    return nodes.stream()
        .filter(node -> node.hasSay() && node.place() == Place.AHEAD)
        .max(Comparator.comparingLong(FollowedNode::number))
        .orElse(null);
  }

  private boolean counts(FollowedNode node) {
    return switch (node.place()) {
      case UNKNOWN -> node.number() <= belief.head() || belief.window().size() == 0;
      case FOREIGN ->
          weight(nodes, other -> areOnOneFork(node, other)) > weight(nodes, ForkRule::isOnOurs);
      default -> true;
    };
  }

  private Step begin() {
    return candidates.isEmpty() ? STAY : new Step.Adopt(candidates.getFirst());
  }

  private Step next(BlockHeader ours) {
    return walk(ours).or(() -> higherFork(ours)).or(this::ahead).or(() -> back(ours)).orElse(STAY);
  }

  private Optional<Step> walk(BlockHeader ours) {
    return nodes.stream()
        .filter(node -> node.number() > ours.number() && node.place() == Place.UNKNOWN)
        .filter(FollowedNode::mayWalk)
        .max(Comparator.comparingLong(FollowedNode::number))
        .map(Step.WalkFrom::new);
  }

  private Optional<Step> higherFork(BlockHeader ours) {
    int weightOfOurs = weight(candidates, ForkRule::isOnOurs);
    return candidates.stream()
        .filter(node -> node.number() > ours.number() && ELSEWHERE.contains(node.place()))
        .filter(node -> weightOfForkOf(node) > weightOfOurs)
        .max(Comparator.comparingInt(this::weightOfForkOf))
        .flatMap(node -> aside(node, Objects.requireNonNullElse(belief.anchor(), ours)));
  }

  private static Optional<Step> aside(FollowedNode node, BlockHeader last) {
    return node.place() != Place.FOREIGN || node.denies(last)
        ? Optional.of(new Step.Adopt(node))
        : doubt(node, last);
  }

  private Optional<Step> ahead() {
    return candidates.stream()
        .filter(node -> node.place() == Place.AHEAD)
        .findFirst()
        .map(Step.Adopt::new);
  }

  private Optional<Step> back(BlockHeader ours) {
    boolean isThere = candidates.stream().anyMatch(node -> hasHead(node, ours));
    int weightOfOurs = weight(candidates, ForkRule::isOnOurs);
    Comparator<FollowedNode> byHeight = Comparator.comparingLong(FollowedNode::number);
    return candidates.stream()
        .filter(node -> mayTakeBack(node, ours))
        .filter(
            node ->
                !isThere || (node.number() == ours.number() && weightOfForkOf(node) > weightOfOurs))
        .max(byHeight.thenComparingInt(this::weightOfForkOf))
        .flatMap(node -> back(node, ours));
  }

  private static Optional<Step> back(FollowedNode node, BlockHeader ours) {
    if (!node.denies(ours)) {
      return doubt(node, ours);
    }
    if (node.place() == Place.UNKNOWN || node.place() == Place.LOW) {
      return node.mayWalk() ? Optional.of(new Step.WalkFrom(node)) : Optional.empty();
    }
    return Optional.of(new Step.Adopt(node));
  }

  private static Optional<Step> doubt(FollowedNode node, BlockHeader ours) {
    return node.mayBeQuestioned() ? Optional.of(new Step.DoubtOf(node, ours)) : Optional.empty();
  }

  private static boolean isOnOurs(FollowedNode node) {
    return OURS.contains(node.place());
  }

  private static boolean hasHead(FollowedNode node, BlockHeader ours) {
    return node.place() == Place.AHEAD
        || (node.place() == Place.ON && node.number() == ours.number());
  }

  private static boolean mayTakeBack(FollowedNode node, BlockHeader ours) {
    boolean below = node.place() == Place.ON || node.place() == Place.LOW;
    return below
        ? node.number() < ours.number() && node.had(ours.number())
        : node.number() <= ours.number();
  }

  private int weightOfForkOf(FollowedNode node) {
    return weight(candidates, other -> areOnOneFork(node, other));
  }

  private static int weight(List<FollowedNode> of, Predicate<FollowedNode> counts) {
    return of.stream().filter(counts).mapToInt(FollowedNode::weight).sum();
  }

  private static boolean areOnOneFork(FollowedNode a, FollowedNode b) {
    return a == b || passes(a, b.report()) || passes(b, a.report());
  }

  /** True if the block is the one that the node reported, or on the way there. */
  private static boolean passes(FollowedNode node, @Nullable BlockHeader block) {
    BlockHeader reported = node.report();
    return block != null
        && ((reported != null && reported.hash().equals(block.hash()))
            || node.branch().stream().anyMatch(step -> step.hash().equals(block.hash())));
  }
}
