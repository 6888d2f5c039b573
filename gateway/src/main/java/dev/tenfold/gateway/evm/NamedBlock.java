package dev.tenfold.gateway.evm;

import org.jspecify.annotations.Nullable;

/**
 * The block that an answer says it is about.
 *
 * @param number its number; of several blocks the highest; {@link #NO_NUMBER} if it names none
 * @param hash its hash, or null if it names none, or several
 */
public record NamedBlock(long number, @Nullable BlockHash hash) {
  /** The answer names no block. */
  public static final long NO_NUMBER = -1;

  /** What an answer says that names no block. */
  public static final NamedBlock NONE = new NamedBlock(NO_NUMBER, null);

  /** True if the answer names a block. */
  public boolean isNamed() {
    return number != NO_NUMBER;
  }

  /** True if the answer says that it is about another block than this one. */
  public boolean contradicts(BlockHeader block) {
    return (isNamed() && number != block.number()) || (hash != null && !hash.equals(block.hash()));
  }
}
