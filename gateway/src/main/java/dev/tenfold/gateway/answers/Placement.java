package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Where in the chain an answer belongs.
 *
 * @param block the block that it is about; null only where it is final
 * @param isFinal true if that block can never leave the chain
 */
record Placement(@Nullable BlockHeader block, boolean isFinal) {
  /** It can never change. */
  static final Placement FINAL = new Placement(null, true);

  /** With a block of the window. */
  static Placement with(BlockHeader block, Snapshot snapshot) {
    return new Placement(block, block.number() <= snapshot.finalized());
  }
}
