package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;

/**
 * Decides whether an answer may be kept, and whether one that is kept may be given.
 *
 * <p>An answer about a block near the head is good as long as the chain, as the asking request's
 * snapshot has it, has that very block at that number. So what a reorganisation orphaned is dead in
 * the moment in which the new chain is published, and nothing has to be searched or removed. Once
 * the number is final and the answer was found good there, it is good for ever; one that nobody
 * asked for while the window still had its block is dead, since nothing is left to hold it against.
 *
 * <p>Stateless. Not final, so that the tests can plant the faults that it guards against.
 */
class Validity {
  /** Whether a kept answer is good for a request with this snapshot. An array read. */
  boolean isGood(KeptAnswer kept, Snapshot snapshot) {
    BlockHash hash = kept.unlessFinal();
    if (hash == null) {
      return true;
    }
    BlockHeader there = snapshot.block(kept.number());
    if (there == null || !there.hash().equals(hash)) {
      return false;
    }
    if (kept.number() <= snapshot.finalized()) {
      kept.markFinal();
    }
    return true;
  }

  /**
   * Whether the answer to a call that was begun in one generation of the chain may be kept now: not
   * if a block left the chain meanwhile, since nothing tells from which side of that it came.
   */
  boolean mayBeKept(long generation, Snapshot now) {
    return now.generation() == generation;
  }
}
