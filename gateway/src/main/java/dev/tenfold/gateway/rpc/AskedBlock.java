package dev.tenfold.gateway.rpc;

import dev.tenfold.gateway.evm.BlockHeader;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the block that a call is about, before a node is asked.
 *
 * @param number a node that has not reached this block is not asked; {@link Snapshot#UNKNOWN} where
 *     any node will do
 * @param block the block of the window that the answer is to be about, or null if none is known: a
 *     node that does not have it has no answer
 * @param byHash the same call by the hash of that block, or null if there is no such form, or the
 *     call is in it already
 */
public record AskedBlock(long number, @Nullable BlockHeader block, @Nullable ByHash byHash) {
  /** Nothing is known; any node will do. */
  public static final AskedBlock ANY = new AskedBlock(Snapshot.UNKNOWN, null, null);

  /**
   * A call that names its block by hash.
   *
   * @param method its name
   * @param params valid JSON, never written to
   */
  public record ByHash(String method, byte[] params) {}
}
