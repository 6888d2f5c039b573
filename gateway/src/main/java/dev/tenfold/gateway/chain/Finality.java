package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.chain.FollowedNode.Place;
import dev.tenfold.gateway.chain.HeadSource.Said;
import dev.tenfold.gateway.chain.HeadSource.Tag;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each node what is {@code finalized} and {@code safe}, after it had a new head. Confined to
 * the tracker's event loop.
 */
final class Finality {
  /** The least time between two questions to a node; what came too early is made up for later. */
  static final Duration PACE = Duration.ofSeconds(3);

  /** A node that does not know a tag is not asked for it again before that. */
  static final Duration TAG_REST = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(HeadTracker.class);

  private final String name;
  private final FollowedChain chain;
  private final List<FollowedNode> nodes;
  private final LongSupplier nanos;
  private final Runnable contradiction;
  private boolean warned;

  /**
   * For one chain.
   *
   * @param contradiction is told when a node calls final what contradicts what is final here
   */
  Finality(
      String name,
      FollowedChain chain,
      List<FollowedNode> nodes,
      LongSupplier nanos,
      Runnable contradiction) {
    this.name = name;
    this.chain = chain;
    this.nodes = nodes;
    this.nanos = nanos;
    this.contradiction = contradiction;
  }

  /** Asks each node that has a new head, unless it was asked just now. */
  void askIfDue() {
    long now = nanos.getAsLong();
    for (FollowedNode node : nodes) {
      if (node.hasSay() && node.answersNow() && node.takeFinalityDue(now - PACE.toNanos(), now)) {
        var _ = ask(node, Tag.FINALIZED);
        var _ = ask(node, Tag.SAFE);
      }
    }
  }

  /** Asks each node that answers, whenever it was asked before. Completes, and never fails. */
  Future<Void> askNow() {
    List<Future<Void>> asked = new ArrayList<>();
    for (FollowedNode node : nodes) {
      if (node.hasSay() && node.answersNow()) {
        asked.add(ask(node, Tag.FINALIZED));
        asked.add(ask(node, Tag.SAFE));
      }
    }
    return Future.join(asked).mapEmpty();
  }

  private Future<Void> ask(FollowedNode node, Tag tag) {
    if (!node.mayBeAskedFor(tag, nanos.getAsLong())) {
      return Future.succeededFuture();
    }
    long epoch = chain.get().epoch();
    return node.source()
        .tagged(tag)
        .otherwise(Said.NOTHING)
        .map(
            said -> {
              if (chain.get().epoch() == epoch) {
                said(node, tag, said);
              }
              return null;
            });
  }

  private void said(FollowedNode node, Tag tag, Said said) {
    if (!said.answered()) {
      node.finalityIsDue();
      return;
    }
    if (said.block().isEmpty()) {
      node.knowsNot(tag, nanos.getAsLong() + TAG_REST.toNanos());
      warnIfNothingIsFinal();
      return;
    }
    node.knows(tag);
    BlockHeader block = said.block().get();
    if (block.number() > node.number() || block.number() > chain.get().head()) {
      node.finalityIsDue(); // it is ahead of what we know of it
    } else if (tag == Tag.SAFE) {
      safe(node, block);
    } else {
      finalized(node, block);
    }
  }

  private void safe(FollowedNode node, BlockHeader block) {
    if (links(node, block)) {
      chain.safe(block);
    }
  }

  private void finalized(FollowedNode node, BlockHeader block) {
    ChainSnapshot belief = chain.get();
    BlockHeader ours = ourBlock(belief, block.number());
    boolean other = ours != null && !ours.hash().equals(block.hash());
    if (other && block.number() <= belief.finalized()) {
      node.contradicts();
      contradiction.run();
    } else if (links(node, block)) {
      chain.finalized(block);
      node.calledFinal(block.number());
      node.place(chain.get());
    }
  }

  /** The same block as in the window; where the window has none, only the node's place counts. */
  private boolean links(FollowedNode node, BlockHeader block) {
    BlockHeader ours = ourBlock(chain.get(), block.number());
    return ours != null
        ? ours.hash().equals(block.hash())
        : node.place() == Place.ON || node.place() == Place.AHEAD;
  }

  private static @Nullable BlockHeader ourBlock(ChainSnapshot belief, long number) {
    BlockHeader anchor = belief.anchor();
    return anchor != null && anchor.number() == number ? anchor : belief.block(number);
  }

  private void warnIfNothingIsFinal() {
    boolean none =
        chain.get().finalized() == Snapshot.UNKNOWN
            && !chain.hasFinalityDepth()
            && nodes.stream().allMatch(node -> node.lacks(Tag.FINALIZED));
    if (none && !warned) {
      warned = true;
      LOG.warn(
          "{}: no node names a finalized block, and there is no finality-depth: nothing is final",
          name);
    }
  }
}
