package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHeader;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the window longer downwards, in the background: one request at a time, given up quietly.
 * Confined to the tracker's event loop.
 */
final class Backfill {
  /** So many blocks below the head are fetched without being asked for. */
  static final int AT_THE_START = 128;

  /** After a request that brought nothing there is none for so long. */
  static final Duration REST = Duration.ofSeconds(10);

  private final FollowedChain chain;
  private final Supplier<@Nullable FollowedNode> best;
  private final Runnable longer;
  private final LongSupplier nanos;
  private long wanted = Long.MAX_VALUE;
  private boolean asking;
  private boolean rests;
  private long restsUntilNanos;

  /**
   * For one chain.
   *
   * @param best whom to ask, or null
   * @param longer is told when the window has become longer
   */
  Backfill(
      FollowedChain chain,
      Supplier<@Nullable FollowedNode> best,
      Runnable longer,
      LongSupplier nanos) {
    this.chain = chain;
    this.best = best;
    this.longer = longer;
    this.nanos = nanos;
  }

  /** True if a caller's question about this block is a reason to fetch older blocks. */
  static boolean isMissing(ChainSnapshot belief, long number) {
    return number >= 0
        && number < belief.window().floor()
        && number > belief.head() - Window.LIMIT
        && number > belief.finalized();
  }

  /** There is a window; its first blocks below the head are wanted. */
  void begin() {
    want(Math.max(0, chain.get().head() - AT_THE_START));
  }

  /** The window is to reach down to this number. */
  void want(long number) {
    if (!isResting()) {
      wanted = Math.min(wanted, number);
      proceed();
    }
  }

  /** Asks for what is wanted, unless a question is under way. */
  void proceed() {
    ChainSnapshot belief = chain.get();
    Window window = belief.window();
    long lowest = Math.max(wanted, Math.max(0, window.headNumber() - Window.LIMIT + 1));
    long to = window.floor() - 1;
    FollowedNode node = best.get();
    if (asking || node == null || to < lowest) {
      return;
    }
    asking = true;
    node.source()
        .range(Math.max(lowest, to - Walk.BATCH + 1), to)
        .onComplete(
            answer -> {
              asking = false;
              took(answer.succeeded() ? answer.result() : List.of());
            });
  }

  private void took(List<BlockHeader> blocks) {
    BlockHeader oldest = chain.get().window().oldest();
    if (blocks.isEmpty() || oldest == null || !oldest.isChildOf(blocks.getLast())) {
      wanted = Long.MAX_VALUE;
      rests = true;
      restsUntilNanos = nanos.getAsLong() + REST.toNanos();
      return;
    }
    chain.extendDown(blocks);
    longer.run();
    if (chain.get().window().floor() <= wanted) {
      wanted = Long.MAX_VALUE;
    }
    proceed();
  }

  private boolean isResting() {
    rests = rests && restsUntilNanos - nanos.getAsLong() > 0;
    return rests;
  }
}
