package dev.tenfold.gateway.evm;

/** How the answers of a method relate to the chain, and so what may be done with them. */
public enum MethodClass {
  /** Answered here. */
  LOCAL,
  /** Names a block by number, tag or EIP-1898 object. */
  BLOCK,
  /** Names a block by hash. */
  BLOCK_HASH,
  /** Names a transaction by hash. */
  TRANSACTION,
  /** Names a range of blocks. */
  RANGE,
  /** Holds until the head changes. */
  HEAD,
  /** Passed on, never kept, never shared. */
  PASS,
  /** Lives on the node that made it. */
  FILTER,
  /** Belongs to WebSocket. */
  SUBSCRIPTION,
  /** Refused, unless the configuration allows it or the node is one for development. */
  DENIED,
  /** No table names it: passed on, never kept, never shared. */
  UNKNOWN
}
