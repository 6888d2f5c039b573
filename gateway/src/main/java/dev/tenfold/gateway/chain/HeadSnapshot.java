package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import org.jspecify.annotations.Nullable;

/** What {@link HeadTracker} publishes. */
record HeadSnapshot(long head, long finalized, long generation) implements Snapshot {
  static final HeadSnapshot NOTHING = new HeadSnapshot(UNKNOWN, UNKNOWN, 0);

  HeadSnapshot withHead(long number) {
    return new HeadSnapshot(number, finalized, generation);
  }

  HeadSnapshot withFinalized(long number) {
    return new HeadSnapshot(head, number, generation);
  }

  @Override
  public @Nullable BlockHeader block(long number) {
    return null;
  }

  @Override
  public @Nullable BlockHeader block(BlockHash hash) {
    return null;
  }

  @Override
  public @Nullable BlockHeader finalizedBlock() {
    return null;
  }

  @Override
  public @Nullable BlockHeader safeBlock() {
    return null;
  }

  @Override
  public long epoch() {
    return generation;
  }
}
