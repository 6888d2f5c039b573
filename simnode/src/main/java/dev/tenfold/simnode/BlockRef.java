package dev.tenfold.simnode;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sealed block: its plan, its hash and its parent. Small, kept for each block ever sealed; the
 * content is derived again when asked for. Equality is identity.
 */
final class BlockRef {
  private final BlockPlan plan;
  private final String hash;
  private final @Nullable BlockRef parent;
  private final Map<String, Long> nonces;

  /**
   * @param nonces the next nonce of each sender, of those that sent to this chain
   */
  BlockRef(BlockPlan plan, String hash, @Nullable BlockRef parent, Map<String, Long> nonces) {
    this.plan = plan;
    this.hash = hash;
    this.parent = parent;
    this.nonces = nonces;
  }

  BlockPlan plan() {
    return plan;
  }

  long number() {
    return plan.number();
  }

  String hash() {
    return hash;
  }

  @Nullable BlockRef parent() {
    return parent;
  }

  Map<String, Long> nonces() {
    return nonces;
  }
}
