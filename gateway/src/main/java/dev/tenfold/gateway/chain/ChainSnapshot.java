package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import org.jspecify.annotations.Nullable;

/** What {@link HeadTracker} publishes. */
record ChainSnapshot(
    Window window,
    long finalized,
    @Nullable BlockHeader finalizedBlock,
    @Nullable BlockHeader safeBlock,
    long generation,
    long epoch)
    implements Snapshot {
  static final ChainSnapshot NOTHING = new ChainSnapshot(Window.EMPTY, UNKNOWN, null, null, 0, 0);

  @Override
  public long head() {
    return window.headNumber();
  }

  @Override
  public @Nullable BlockHeader block(long number) {
    return window.block(number);
  }

  @Override
  public @Nullable BlockHeader block(BlockHash hash) {
    return window.block(hash);
  }

  /** The block at the final number, as far as its hash is known. */
  @Nullable BlockHeader anchor() {
    BlockHeader inWindow = window.block(finalized);
    if (inWindow != null) {
      return inWindow;
    }
    return finalizedBlock != null && finalizedBlock.number() == finalized ? finalizedBlock : null;
  }
}
