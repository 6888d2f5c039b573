package dev.tenfold.gateway.rpc;

/**
 * What was believed of the chain when a request arrived. Immutable; all calls of one HTTP request
 * share one snapshot and use nothing newer.
 */
public interface Snapshot {
  /** Stands for a block number that is not known. */
  long UNKNOWN = -1;

  /** The newest block's number, or {@link #UNKNOWN} before any node answered. */
  long head();

  /** The newest block that some node called final, or {@link #UNKNOWN}. */
  long finalized();

  /** Rises whenever all that was believed of the chain had to be dropped (a reset). */
  long generation();
}
