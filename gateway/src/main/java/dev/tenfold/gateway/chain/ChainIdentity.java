package dev.tenfold.gateway.chain;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which chain this is: what its nodes must agree on, and what is learnt from them.
 *
 * <p>Thread-safe. Reading is one volatile read.
 */
public final class ChainIdentity implements Supplier<ChainFacts> {
  private static final Pattern DEVELOPMENT = Pattern.compile("^(anvil|hardhat|ganache)");

  private final String chain;
  private final Map<String, String> clientVersions = new LinkedHashMap<>();
  private volatile ChainFacts facts;

  /**
   * A chain that nothing is known of yet, but perhaps its id.
   *
   * @param chain its name in the configuration, for logs
   * @param configuredId what the configuration says of its id; else the first node decides
   */
  public ChainIdentity(String chain, OptionalLong configuredId) {
    this.chain = chain;
    this.facts = new ChainFacts(configuredId.orElse(ChainFacts.UNKNOWN_ID), "", "", false, false);
  }

  /** The chain's name in the configuration. */
  public String chain() {
    return chain;
  }

  @Override
  public ChainFacts get() {
    return facts;
  }

  /** True if a node of this chain id belongs here; the first one decides where none is known. */
  public synchronized boolean accepts(long chainId) {
    ChainFacts known = facts;
    if (known.chainId() == ChainFacts.UNKNOWN_ID) {
      facts =
          new ChainFacts(
              chainId,
              known.networkId(),
              known.clientVersion(),
              known.ready(),
              known.development());
    }
    return facts.chainId() == chainId;
  }

  /**
   * Takes in what a node of this chain said of itself; empty for what it did not say. The first
   * word on {@code net_version} and {@code web3_clientVersion} stands. The chain is one for
   * development if every node that was heard is one.
   */
  public synchronized void learn(String node, String networkId, String clientVersion) {
    clientVersions.put(node, clientVersion);
    ChainFacts known = facts;
    publish(
        new ChainFacts(
            known.chainId(),
            known.networkId().isEmpty() ? networkId : known.networkId(),
            known.clientVersion().isEmpty() ? clientVersion : known.clientVersion(),
            known.ready(),
            clientVersions.values().stream().allMatch(ChainIdentity::isForDevelopment)));
  }

  /** Says whether some node has a head. */
  synchronized void ready(boolean ready) {
    ChainFacts known = facts;
    publish(
        new ChainFacts(
            known.chainId(), known.networkId(), known.clientVersion(), ready, known.development()));
  }

  /** Readers tell by the instance whether something is new. */
  private void publish(ChainFacts learnt) {
    if (!learnt.equals(facts)) {
      facts = learnt;
    }
  }

  private static boolean isForDevelopment(String clientVersion) {
    return DEVELOPMENT.matcher(clientVersion.toLowerCase(Locale.ROOT)).find();
  }
}
