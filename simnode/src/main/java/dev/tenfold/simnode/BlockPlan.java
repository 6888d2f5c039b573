package dev.tenfold.simnode;

import java.util.List;

/**
 * All that a block follows from, beside the seed.
 *
 * @param fork tells blocks of the same number apart
 * @param carried invented transactions of orphaned blocks that this one takes in again
 * @param sent transactions that callers sent
 */
record BlockPlan(
    long number, int fork, String parentHash, List<Origin> carried, List<Transaction> sent) {

  /** Which invented transaction: the index-th of those first invented for that block. */
  record Origin(long number, int fork, int index) {}
}
