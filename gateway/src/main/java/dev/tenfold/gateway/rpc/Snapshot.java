package dev.tenfold.gateway.rpc;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import org.jspecify.annotations.Nullable;

/**
 * What was believed of the chain when a request arrived: its head, the window of recent blocks, and
 * what of it is final. Immutable; all calls of one HTTP request share one snapshot and use nothing
 * newer.
 */
public interface Snapshot {
  /** Stands for a block number that is not known. */
  long UNKNOWN = -1;

  /** The newest block's number, or {@link #UNKNOWN} before any node answered. */
  long head();

  /** The number up to which the chain is final, or {@link #UNKNOWN}. */
  long finalized();

  /**
   * The block at this number, or null if it is not in the window: above the head, older than the
   * window, or not known. An array read.
   */
  @Nullable BlockHeader block(long number);

  /** The block of the window with this hash, or null. Walks the window: not for a hit. */
  @Nullable BlockHeader block(BlockHash hash);

  /** What the nodes name by the tag {@code finalized}, or null if they do not, or none is known. */
  @Nullable BlockHeader finalizedBlock();

  /** What the nodes name by the tag {@code safe}, or null if they do not, or none is known. */
  @Nullable BlockHeader safeBlock();

  /** Rises whenever a block left the chain: by a reorganisation, a rewind or a reset. */
  long generation();

  /**
   * Rises whenever no answer of before may be given any more: when all that was believed of the
   * chain had to be dropped (a reset), and when a development node may have changed the state of a
   * block.
   */
  long epoch();
}
