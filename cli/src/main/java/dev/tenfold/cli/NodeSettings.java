package dev.tenfold.cli;

import java.time.Duration;

/**
 * What a simulated node is to be like.
 *
 * @param port 0 for any that is free
 * @param latency how long each answer takes
 * @param jitter how much longer it may take, by chance
 * @param failures how many of all calls fail, from 0 to 1
 * @param blockTime how often a block is made
 * @param seed the chain is a pure function of it
 * @param chainId as of EIP-155
 * @param blocks how many there are at the start
 * @param reorgEvery how often the newest blocks are replaced by others; zero for never
 * @param reorgDepth how many are replaced then
 * @param finality false: it knows neither {@code finalized} nor {@code safe}
 */
record NodeSettings(
    int port,
    Duration latency,
    Duration jitter,
    double failures,
    Duration blockTime,
    long seed,
    long chainId,
    int blocks,
    Duration reorgEvery,
    int reorgDepth,
    boolean finality) {
  static final NodeSettings DEFAULT =
      new NodeSettings(
          0,
          Duration.ZERO,
          Duration.ZERO,
          0,
          Duration.ofSeconds(12),
          1,
          1337,
          120,
          Duration.ZERO,
          1,
          true);
}
