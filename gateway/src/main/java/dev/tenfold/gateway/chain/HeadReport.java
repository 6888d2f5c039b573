package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.rpc.Snapshot;

/**
 * What a node said of its chain.
 *
 * @param head the number of its newest block, or {@link Snapshot#UNKNOWN}
 * @param finalized the number of the newest block that it calls final, or {@link Snapshot#UNKNOWN}
 * @param finalizedHash that block's hash, or empty
 */
public record HeadReport(long head, long finalized, String finalizedHash) {
  /** The node did not answer. */
  public static final HeadReport NONE = new HeadReport(Snapshot.UNKNOWN, Snapshot.UNKNOWN, "");
}
