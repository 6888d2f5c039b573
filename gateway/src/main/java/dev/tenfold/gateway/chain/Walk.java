package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.chain.FollowedNode.Place;
import dev.tenfold.gateway.chain.HeadSource.Said;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way down from a block that a node reported to the window: through the parents, to the first
 * block that both have. Confined to the tracker's event loop; changes nothing.
 */
final class Walk {
  /** A head that is further above ours than that is not linked any more. */
  static final int LONGEST_GAP = 1_024;

  /** The most blocks of one request. */
  static final int BATCH = 128;

  /** The most blocks that are asked for one by one. */
  static final int ONE_BY_ONE = 256;

  /** Behind one address may be a node that lags: it is asked again, so often in one walk. */
  static final int RETRIES = 32;

  private static final int RETRIES_IN_A_ROW = 3;

  /*
   * 1. The blocks of a gap are asked for by number, BATCH at a time; below our head in steps that
   *    double, as most forks are short. What is answered must link by the hashes of the parents.
   * 2. Where it does not (a fleet, whose members answer in turn), or where the node takes no
   *    batches, each parent is asked for by its hash.
   *    One that is not there may be there at the next member, and is asked for again.
   * 3. Where that takes too long, where the gap is too large, where the way leads below the window,
   *    and where earlier walks led nowhere, the block that is final decides: does the node have it? Then it is our chain, APART
   *    from what we know of it. Else it is FOREIGN; so it is, to be safe, where the final block's
   *    number is known by its depth alone.
   * Each question makes the way longer, or is the last of its kind: at most LONGEST_GAP / BATCH +
   * Window.LIMIT / BATCH + ONE_BY_ONE + RETRIES + 10 are asked, in all less than 400.
   */
  private final HeadSource node;
  private final BlockHeader reported;
  private final ChainSnapshot belief;
  private final Window window;
  private final Deque<BlockHeader> path = new ArrayDeque<>();
  private final Promise<Found> found = Promise.promise();
  private boolean byHash;
  private int oneByOne;
  private int retries;
  private int retriesInARow;
  private int step = 1;

  /**
   * What was found.
   *
   * @param place where the reported block is; {@link Place#UNKNOWN} where the node did not say
   *     enough
   * @param branch from the first block that the window does not have, as far as it is known
   */
  record Found(Place place, List<BlockHeader> branch) {}

  private Walk(HeadSource node, BlockHeader reported, ChainSnapshot belief) {
    this.node = node;
    this.reported = reported;
    this.belief = belief;
    this.window = belief.window();
  }

  /**
   * Walks; completes on the loop, and never fails.
   *
   * @param linkable false: nothing is tried any more but whether the node has what is final
   */
  static Future<Found> down(
      HeadSource node, BlockHeader reported, ChainSnapshot belief, boolean linkable) {
    Walk walk = new Walk(node, reported, belief);
    walk.path.add(reported);
    walk.begin(linkable);
    return walk.found.future();
  }

  private void begin(boolean linkable) {
    if (reported.number() < belief.finalized()) {
      end(Place.FOREIGN);
    } else if (!linkable
        || reported.number() - window.headNumber() > LONGEST_GAP
        || reported.number() < window.floor()) {
      askForFinal();
    } else {
      proceed();
    }
  }

  private void proceed() {
    BlockHeader lowest = path.getFirst();
    long below = lowest.number() - 1;
    BlockHeader join = window.parentOf(lowest);
    if (join != null) {
      end(joined(join.number()));
    } else if (below <= belief.finalized() && window.block(below) != null) {
      end(Place.FOREIGN);
    } else if (below < window.floor() || oneByOne >= ONE_BY_ONE) {
      askForFinal();
    } else if (byHash) {
      askForParent(lowest);
    } else {
      askForRange(lowest);
    }
  }

  private Place joined(long number) {
    if (number < belief.finalized()) {
      return Place.FOREIGN;
    }
    return number == window.headNumber() ? Place.AHEAD : Place.FORK;
  }

  private void askForRange(BlockHeader lowest) {
    long to = lowest.number() - 1;
    long from;
    if (to > window.headNumber()) {
      from = Math.max(window.headNumber() + 1, to - BATCH + 1);
    } else {
      from = Math.max(Math.max(window.floor(), belief.finalized()), to - step + 1);
      step = Math.min(BATCH, 2 * step);
    }
    node.range(from, to)
        .onComplete(
            answer -> {
              List<BlockHeader> blocks = answer.succeeded() ? answer.result() : List.of();
              if (blocks.isEmpty() || !lowest.isChildOf(blocks.getLast())) {
                byHash = true;
              } else {
                prepend(blocks);
              }
              proceed();
            });
  }

  /** Takes in what is not in the window. */
  private void prepend(List<BlockHeader> blocks) {
    for (BlockHeader block : blocks.reversed()) {
      if (window.has(block)) {
        return;
      }
      path.addFirst(block);
    }
  }

  private void askForParent(BlockHeader lowest) {
    node.with(lowest.parent())
        .onComplete(
            answer -> {
              BlockHeader parent = answer.succeeded() ? block(answer.result()) : null;
              if (parent != null && lowest.isChildOf(parent)) {
                oneByOne++;
                retriesInARow = 0;
                path.addFirst(parent);
                proceed();
              } else if (retriesInARow < RETRIES_IN_A_ROW && retries < RETRIES) {
                retriesInARow++;
                retries++;
                askForParent(lowest);
              } else {
                end(Place.UNKNOWN);
              }
            });
  }

  private void askForFinal() {
    BlockHeader anchor = belief.anchor();
    if (anchor == null) {
      end(belief.finalized() == Snapshot.UNKNOWN ? Place.APART : Place.FOREIGN);
      return;
    }
    node.at(anchor.number())
        .onComplete(answer -> end(answer.succeeded() ? judge(anchor, answer.result()) : null));
  }

  private static @Nullable Place judge(BlockHeader anchor, Said said) {
    if (!said.answered()) {
      return null;
    }
    BlockHeader theirs = block(said);
    return theirs != null && theirs.hash().equals(anchor.hash()) ? Place.APART : Place.FOREIGN;
  }

  private static @Nullable BlockHeader block(Said said) {
    return said.block().orElse(null);
  }

  private void end(@Nullable Place place) {
    found.complete(new Found(place == null ? Place.UNKNOWN : place, List.copyOf(path)));
  }
}
