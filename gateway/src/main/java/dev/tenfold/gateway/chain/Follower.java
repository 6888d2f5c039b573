package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.chain.FollowedNode.Place;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what the nodes report, by the {@link ForkRule}: asks what has to be found out, one
 * thing at a time, and changes the chain. What is reported meanwhile is looked at afterwards; only
 * a block that simply comes next is taken over at once. Confined to the tracker's event loop.
 */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(HeadTracker.class);

  private final String name;
  private final FollowedChain chain;
  private final List<FollowedNode> nodes;
  private final Function<FollowedNode, Future<Void>> reportAnew;
  private final Runnable newHead;
  private final List<Promise<Void>> waiting = new ArrayList<>();
  private boolean busy;

  /**
   * A follower of one chain.
   *
   * @param reportAnew has a node report its newest block
   * @param newHead is told after each change of the head
   */
  Follower(
      String name,
      FollowedChain chain,
      List<FollowedNode> nodes,
      Function<FollowedNode, Future<Void>> reportAnew,
      Runnable newHead) {
    this.name = name;
    this.chain = chain;
    this.nodes = nodes;
    this.reportAnew = reportAnew;
    this.newHead = newHead;
  }

  /** Something was reported. */
  void look() {
    boolean more = true;
    while (more) {
      ChainSnapshot belief = chain.get();
      nodes.forEach(node -> node.place(belief));
      more = busy ? takeWhatComesNext(belief) : take(belief, ForkRule.next(belief, nodes));
    }
    if (!busy) {
      List<Promise<Void>> settled = List.copyOf(waiting);
      waiting.clear();
      settled.forEach(Promise::tryComplete);
    }
  }

  /** Completes when nothing is left to be found out of what was reported so far. */
  Future<Void> settled() {
    if (!busy) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    waiting.add(promise);
    return promise.future();
  }

  private boolean takeWhatComesNext(ChainSnapshot belief) {
    FollowedNode ahead = ForkRule.ahead(nodes);
    if (ahead != null) {
      adopt(belief, ahead);
    }
    return ahead != null;
  }

  /** True if there may be more to do. */
  private boolean take(ChainSnapshot belief, ForkRule.Step step) {
    switch (step) {
      case ForkRule.Step.Stay() -> {
        return false;
      }
      case ForkRule.Step.Adopt(FollowedNode node) -> adopt(belief, node);
      case ForkRule.Step.WalkFrom(FollowedNode node) -> walk(belief, node);
      case ForkRule.Step.DoubtOf(FollowedNode node, BlockHeader ours) -> doubt(node, ours);
    }
    return true;
  }

  private void walk(ChainSnapshot belief, FollowedNode node) {
    BlockHeader reported = node.report();
    if (reported == null) {
      return;
    }
    busy = true;
    node.walks();
    Walk.down(node.source(), reported, belief, !node.cannotBeLinked())
        .onComplete(
            found -> {
              busy = false;
              if (found.succeeded() && chain.get().epoch() == belief.epoch()) {
                node.walked(found.result());
              }
              look();
            });
  }

  private void doubt(FollowedNode node, BlockHeader ours) {
    busy = true;
    node.isQuestioned();
    long generation = chain.get().generation();
    Doubt doubt =
        new Doubt(
            node,
            ours,
            () -> reportAnew.apply(node),
            () -> {
              node.place(chain.get());
              return chain.get().generation() == generation && isInDoubt(node, ours);
            });
    doubt
        .settle()
        .onComplete(
            verdict -> {
              busy = false;
              switch (verdict.succeeded() ? verdict.result() : Doubt.Verdict.OPEN) {
                case THERE -> node.provedToHave(ours);
                case GONE -> node.deniedToHave(ours);
                case OPEN -> {}
              }
              look();
            });
  }

  /** What the node reports by now is no proof that it has our block. */
  private static boolean isInDoubt(FollowedNode node, BlockHeader ours) {
    return switch (node.place()) {
      case AHEAD -> false;
      case ON -> node.number() < ours.number();
      case FORK -> node.branch().getFirst().number() <= ours.number();
      case LOW, UNKNOWN, APART, FOREIGN -> true;
    };
  }

  private void adopt(ChainSnapshot belief, FollowedNode node) {
    BlockHeader reported = node.report();
    if (reported == null) {
      return;
    }
    List<BlockHeader> blocks = node.branch().isEmpty() ? List.of(reported) : node.branch();
    if (belief.window().size() == 0) {
      chain.begin(List.of(reported));
    } else if (node.place() == Place.AHEAD) {
      chain.append(blocks);
    } else if (node.place() == Place.FOREIGN || reported.number() < belief.finalized()) {
      reset(node, blocks);
    } else {
      leave(belief, node, blocks);
    }
    newHead.run();
  }

  /** Blocks leave the chain, but none that was final. */
  private void leave(ChainSnapshot belief, FollowedNode node, List<BlockHeader> blocks) {
    long head = belief.head();
    long now = blocks.getLast().number();
    long fork;
    if (node.place() == Place.ON) {
      LOG.warn("{}: the chain went back from block {} to {}", name, head, now);
      fork = now;
      chain.rewind(now);
    } else if (node.place() == Place.APART) {
      LOG.warn("{}: from block {} to {}, without what is between", name, head, now);
      fork = Snapshot.UNKNOWN;
      chain.moveTo(blocks);
    } else {
      fork = blocks.getFirst().number() - 1;
      LOG.info("{}: reorganised above block {}, from head {} to {}", name, fork, head, now);
      chain.replace(blocks);
    }
    nodes.forEach(each -> each.leftBehind(belief.window(), fork));
  }

  private void reset(FollowedNode node, List<BlockHeader> branch) {
    LOG.error(
        "{}: {} takes back block {}, which was final: the chain was reset, all that was known of it"
            + " is dropped",
        name,
        node.source().name(),
        chain.get().finalized());
    chain.reset(branch);
    nodes.forEach(FollowedNode::forget);
  }

  /** The node that has the most of the followed chain, or null. */
  @Nullable FollowedNode best() {
    FollowedNode best = null;
    for (FollowedNode node : nodes) {
      boolean follows = node.hasSay() && node.answersNow() && node.place() == Place.ON;
      if (follows && (best == null || node.number() > best.number())) {
        best = node;
      }
    }
    return best;
  }
}
