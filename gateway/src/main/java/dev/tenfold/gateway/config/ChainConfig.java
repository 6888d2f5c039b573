package dev.tenfold.gateway.config;

import java.util.List;
import java.util.OptionalLong;

/**
 * A blockchain, and the nodes that are asked about it.
 *
 * @param chainId as of EIP-155; left out, it is learnt from the nodes
 * @param finalityDepth so many blocks below the head a block is taken for final, 1 to 8192; left
 *     out, it is what the nodes call final
 * @param upstreams at least one
 */
public record ChainConfig(
    OptionalLong chainId, OptionalLong finalityDepth, List<UpstreamConfig> upstreams) {
  private static final long DEEPEST = 8_192;

  public ChainConfig {
    chainId.ifPresent(id -> Rules.range("chain-id", id, 1, Long.MAX_VALUE));
    finalityDepth.ifPresent(depth -> Rules.range("finality-depth", depth, 1, DEEPEST));
    upstreams = List.copyOf(upstreams);
    if (upstreams.isEmpty()) {
      throw new ConfigException("upstreams", "names no node; at least one is needed");
    }
  }
}
