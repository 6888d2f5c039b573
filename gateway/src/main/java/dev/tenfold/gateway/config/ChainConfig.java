package dev.tenfold.gateway.config;

import java.util.List;
import java.util.OptionalLong;

/**
 * A blockchain, and the nodes that are asked about it.
 *
 * @param chainId as of EIP-155; left out, it is learnt from the nodes
 * @param upstreams at least one
 */
public record ChainConfig(OptionalLong chainId, List<UpstreamConfig> upstreams) {
  public ChainConfig {
    chainId.ifPresent(id -> Rules.range("chain-id", id, 1, Long.MAX_VALUE));
    upstreams = List.copyOf(upstreams);
    if (upstreams.isEmpty()) {
      throw new ConfigException("upstreams", "names no node; at least one is needed");
    }
  }
}
