package dev.tenfold.gateway.chain;

/**
 * What was learnt from the nodes of a chain and does not change from block to block. Immutable; a
 * new one is published when something is learnt.
 *
 * @param chainId of EIP-155, or {@link #UNKNOWN_ID} while not known
 * @param networkId the answer of {@code net_version}, digits; empty while not known
 * @param clientVersion the answer of {@code web3_clientVersion}; empty while not known
 * @param ready true while some node has a head
 * @param development true if the nodes are for development (anvil, hardhat, ganache)
 */
public record ChainFacts(
    long chainId, String networkId, String clientVersion, boolean ready, boolean development) {
  /** Stands for a chain id that is not known. */
  public static final long UNKNOWN_ID = -1;

  /** Nothing was learnt yet. */
  public static final ChainFacts NONE = new ChainFacts(UNKNOWN_ID, "", "", false, false);
}
