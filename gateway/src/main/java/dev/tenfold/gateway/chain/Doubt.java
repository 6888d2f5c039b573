package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether a block of ours is really no more, though a node reports as if it were: the node is asked
 * for it by its number, again and again, each time after it has reported the same anew. Behind one
 * address may be many nodes, and nothing follows from one answer about the next.
 */
final class Doubt {
  /** So often in a row it has to be denied. */
  static final int CONFIRMATIONS = 3;

  /** So often at an address that was seen to show several heads. */
  static final int CONFIRMATIONS_OF_A_FLEET = 12;

  private final FollowedNode node;
  private final BlockHeader ours;
  private final Supplier<Future<Void>> reportAnew;
  private final BooleanSupplier stillInDoubt;

  /** How it ended. */
  enum Verdict {
    /** The node has the block. */
    THERE,
    /** It is gone, as far as this node knows. */
    GONE,
    /** The node did not say, or says something else by now. */
    OPEN
  }

  /**
   * A doubt about a block.
   *
   * @param reportAnew has the node report its newest block
   * @param stillInDoubt whether what it reported last is a reason to doubt
   */
  Doubt(
      FollowedNode node,
      BlockHeader ours,
      Supplier<Future<Void>> reportAnew,
      BooleanSupplier stillInDoubt) {
    this.node = node;
    this.ours = ours;
    this.reportAnew = reportAnew;
    this.stillInDoubt = stillInDoubt;
  }

  /** Settles it, with 24 questions at most; completes on the loop, and never fails. */
  Future<Verdict> settle() {
    return ask(1);
  }

  private Future<Verdict> ask(int time) {
    return node.source()
        .at(ours.number())
        .compose(
            said -> {
              if (!said.answered()) {
                return Future.succeededFuture(Verdict.OPEN);
              }
              if (said.block().stream().anyMatch(theirs -> theirs.hash().equals(ours.hash()))) {
                return Future.succeededFuture(Verdict.THERE);
              }
              int needed = node.isMixed() ? CONFIRMATIONS_OF_A_FLEET : CONFIRMATIONS;
              return time >= needed ? Future.succeededFuture(Verdict.GONE) : again(time);
            });
  }

  private Future<Verdict> again(int time) {
    return reportAnew
        .get()
        .compose(
            reported ->
                node.answersNow() && stillInDoubt.getAsBoolean()
                    ? ask(time + 1)
                    : Future.succeededFuture(Verdict.OPEN));
  }
}
