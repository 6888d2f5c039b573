package dev.tenfold.gateway.rpc;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test believes of a chain.
 *
 * @param head its newest block
 * @param finalized up to where it is final
 * @param generation how often blocks left it
 * @param epoch how often it was reset
 * @param window its recent blocks, in any order
 */
public record Belief(
    long head, long finalized, long generation, long epoch, List<BlockHeader> window)
    implements Snapshot {

  /** A chain whose window is empty. */
  public Belief(long head, long finalized, long generation) {
    this(head, finalized, generation, generation, List.of());
  }

  /** The same chain, reset so often. */
  public Belief epoch(long resets) {
    return new Belief(head, finalized, generation, resets, window);
  }

  /** The blocks of the window. */
  public BlockHeader[] blocks() {
    return window.toArray(BlockHeader[]::new);
  }

  /** The same chain, with these blocks in its window. */
  public Belief with(BlockHeader... blocks) {
    return new Belief(head, finalized, generation, epoch, List.of(blocks));
  }

  @Override
  public @Nullable BlockHeader block(long number) {
    return window.stream().filter(block -> block.number() == number).findFirst().orElse(null);
  }

  @Override
  public @Nullable BlockHeader block(BlockHash hash) {
    return window.stream().filter(block -> block.hash().equals(hash)).findFirst().orElse(null);
  }

  @Override
  public @Nullable BlockHeader finalizedBlock() {
    return block(finalized);
  }

  @Override
  public @Nullable BlockHeader safeBlock() {
    return null;
  }
}
