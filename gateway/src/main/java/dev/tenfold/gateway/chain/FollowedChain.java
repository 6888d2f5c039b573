package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of one chain. Changed on the tracker's event loop only; read from any thread, by
 * one volatile read. Each change is published whole.
 *
 * <p>Blocks that do not link are refused with {@link IllegalArgumentException}.
 */
final class FollowedChain {
  private final OptionalLong finalityDepth;
  private volatile ChainSnapshot snapshot = ChainSnapshot.NOTHING;

  /**
   * A chain that nothing is known of.
   *
   * @param finalityDepth how far below the head a block is final; empty where the nodes say it
   */
  FollowedChain(OptionalLong finalityDepth) {
    this.finalityDepth = finalityDepth;
  }

  ChainSnapshot get() {
    return snapshot;
  }

  boolean hasFinalityDepth() {
    return finalityDepth.isPresent();
  }

  /** How far a node with this head has final blocks by depth, or {@link Snapshot#UNKNOWN}. */
  long finalBelow(long head) {
    return finalityDepth.isPresent() && head >= finalityDepth.getAsLong()
        ? head - finalityDepth.getAsLong()
        : Snapshot.UNKNOWN;
  }

  /** The first blocks that are known. */
  void begin(List<BlockHeader> linked) {
    publish(Window.of(linked), snapshot.safeBlock());
  }

  /** Blocks came after the head. */
  void append(List<BlockHeader> linked) {
    publish(snapshot.window().append(linked), snapshot.safeBlock());
  }

  /** Blocks took the place of others, above what is final. */
  void replace(List<BlockHeader> linked) {
    leave(snapshot.window().replace(linked));
  }

  /** The blocks above this number, which is not below what is final, are no more. */
  void rewind(long number) {
    leave(snapshot.window().truncate(number));
  }

  /** The chain goes on too far away to be linked; what is final stays. */
  void moveTo(List<BlockHeader> linked) {
    leave(Window.of(linked));
  }

  /** It is another chain: all that was believed is dropped. */
  void reset(List<BlockHeader> linked) {
    ChainSnapshot old = snapshot;
    Window window = Window.of(linked);
    snapshot =
        new ChainSnapshot(
            window,
            finalBelow(window.headNumber()),
            null,
            null,
            old.generation() + 1,
            old.epoch() + 1);
  }

  /** What is known of the blocks is right, but answers about them may have become wrong. */
  void forgetAnswers() {
    ChainSnapshot old = snapshot;
    snapshot =
        new ChainSnapshot(
            old.window(),
            old.finalized(),
            old.finalizedBlock(),
            old.safeBlock(),
            old.generation(),
            old.epoch() + 1);
  }

  /** Older blocks became known. */
  void extendDown(List<BlockHeader> linked) {
    publish(snapshot.window().extendDown(linked), snapshot.safeBlock());
  }

  /** Nodes name this block by the tag {@code finalized}; a lower one than before is ignored. */
  void finalized(BlockHeader block) {
    ChainSnapshot old = snapshot;
    BlockHeader before = old.finalizedBlock();
    if (before != null && before.number() >= block.number()) {
      return;
    }
    snapshot =
        new ChainSnapshot(
            old.window(),
            hasFinalityDepth() ? old.finalized() : block.number(),
            block,
            old.safeBlock(),
            old.generation(),
            old.epoch());
  }

  /** Nodes name this block by the tag {@code safe}; a lower one than before is ignored. */
  void safe(BlockHeader block) {
    ChainSnapshot old = snapshot;
    BlockHeader before = old.safeBlock();
    if (before == null || before.number() < block.number()) {
      publish(old.window(), block);
    }
  }

  private void leave(Window window) {
    ChainSnapshot old = snapshot;
    BlockHeader safe = old.safeBlock();
    BlockHeader named = old.finalizedBlock();
    boolean isGone = named != null && named.number() > old.finalized() && !window.has(named);
    snapshot =
        new ChainSnapshot(
            window,
            Math.max(old.finalized(), finalBelow(window.headNumber())),
            isGone ? null : named,
            safe != null && window.has(safe) ? safe : null,
            old.generation() + 1,
            old.epoch());
  }

  private void publish(Window window, @Nullable BlockHeader safe) {
    ChainSnapshot old = snapshot;
    snapshot =
        new ChainSnapshot(
            window,
            Math.max(old.finalized(), finalBelow(window.headNumber())),
            old.finalizedBlock(),
            safe,
            old.generation(),
            old.epoch());
  }
}
