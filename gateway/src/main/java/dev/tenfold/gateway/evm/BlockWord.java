package dev.tenfold.gateway.evm;

/** What kind of thing stands where a call names its block. */
public enum BlockWord {
  /** A number in the one canonical spelling. */
  NUMBER,
  /** A 32-byte hash, by itself or in an EIP-1898 object. */
  HASH,
  /** The tag, or nothing where that means the same. */
  LATEST,
  SAFE,
  FINALIZED,
  EARLIEST,
  PENDING,
  /** Nothing of the above: what it means is for the node to say. */
  MALFORMED;

  /** True of the tags that follow the chain, and of nothing else. */
  public boolean moves() {
    return this == LATEST || this == SAFE || this == FINALIZED;
  }
}
