package dev.tenfold.simnode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a simulated chain and node are made of. Immutable; begin with {@link #defaults} or {@link
 * #builder}.
 *
 * @param seed the chain follows from it: equal seeds, equal bytes
 * @param chainId the number of {@code eth_chainId}, 1 or more
 * @param port where {@link SimNodeServer} listens; 0 takes a free one
 * @param latency how long an answer takes at least
 * @param jitter up to how much longer, by a seeded dice
 * @param failRate from 0 to 1: how many requests are answered with HTTP 500
 * @param blockTime a block appears every so often; zero: only when asked for
 * @param startBlocks the number of the head at the start, 0 or more
 * @param finalityDistance how far {@code finalized} is behind the head, in blocks
 * @param safeDistance how far {@code safe} is behind the head, in blocks
 * @param finalityTags false: the node knows neither {@code finalized} nor {@code safe}
 * @param automine a sent transaction makes its own block at once, as development nodes do
 * @param clientVersion the answer of {@code web3_clientVersion}
 * @param methods the methods that the node has; empty: all
 * @param maxLogs an {@code eth_getLogs} with more results is refused
 * @param numbersOnly the methods that take no block by hash: they refuse it with -32602
 * @param orphansKept false: a block that was orphaned is not known by its hash any more
 * @param uncles true: each fifth block has an uncle, as before the merge
 * @param lags how many blocks the node is behind its chain; several: a fleet behind one address,
 *     whose members answer in turn
 * @param genesisTime the time stamp of block 0; block n is n block times (or 12 s) later
 */
public record SimNodeOptions(
    long seed,
    long chainId,
    int port,
    Duration latency,
    Duration jitter,
    double failRate,
    Duration blockTime,
    int startBlocks,
    int finalityDistance,
    int safeDistance,
    boolean finalityTags,
    boolean automine,
    String clientVersion,
    Set<String> methods,
    int maxLogs,
    Set<String> numbersOnly,
    boolean orphansKept,
    boolean uncles,
    List<Integer> lags,
    Instant genesisTime) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException that names the value and its rule
   */
  public SimNodeOptions {
    methods = Set.copyOf(methods);
    numbersOnly = Set.copyOf(numbersOnly);
    lags = List.copyOf(lags);
    check(chainId >= 1, "chainId", chainId, "1 or more");
    check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    check(!latency.isNegative(), "latency", latency, "not negative");
    check(!jitter.isNegative(), "jitter", jitter, "not negative");
    check(failRate >= 0 && failRate <= 1, "failRate", failRate, "from 0 to 1");
    check(!blockTime.isNegative(), "blockTime", blockTime, "not negative");
    check(startBlocks >= 0, "startBlocks", startBlocks, "0 or more");
    check(finalityDistance >= 0, "finalityDistance", finalityDistance, "0 or more");
    check(safeDistance >= 0, "safeDistance", safeDistance, "0 or more");
    check(maxLogs >= 1, "maxLogs", maxLogs, "1 or more");
    checkLags(lags);
  }

  static void checkLags(List<Integer> lags) {
    check(lags.stream().allMatch(lag -> lag >= 0), "lags", lags, "0 or more each");
    check(!lags.isEmpty(), "lags", lags, "one at least");
  }

  /** Seed 1, chain 1337, 120 blocks, one more every 12 s, no latency and no faults. */
  public static SimNodeOptions defaults() {
    return builder().build();
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  private static void check(boolean good, String name, Object value, String rule) {
    if (!good) {
      throw new IllegalArgumentException(name + " " + value + ": must be " + rule);
    }
  }

  /** Gathers options. Not thread-safe. */
  public static final class Builder {
    private long seed = 1;
    private long chainId = 1337;
    private int port;
    private Duration latency = Duration.ZERO;
    private Duration jitter = Duration.ZERO;
    private double failRate;
    private Duration blockTime = Duration.ofSeconds(12);
    private int startBlocks = 120;
    private int finalityDistance = 64;
    private int safeDistance = 32;
    private boolean finalityTags = true;
    private boolean automine;
    private String clientVersion = "Tenfold-simnode/0.1.0";
    private Set<String> methods = Set.of();
    private int maxLogs = 10_000;
    private Set<String> numbersOnly = Set.of();
    private boolean orphansKept = true;
    private boolean uncles;
    private List<Integer> lags = List.of(0);
    private Instant genesisTime = Instant.parse("2026-01-01T00:00:00Z");

    private Builder() {}

    /** Sets {@link SimNodeOptions#seed}. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#chainId}. */
    public Builder chainId(long value) {
      this.chainId = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#port}. */
    public Builder port(int value) {
      this.port = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#latency}. */
    public Builder latency(Duration value) {
      this.latency = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#jitter}. */
    public Builder jitter(Duration value) {
      this.jitter = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#failRate}. */
    public Builder failRate(double value) {
      this.failRate = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#blockTime}. */
    public Builder blockTime(Duration value) {
      this.blockTime = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#startBlocks}. */
    public Builder startBlocks(int value) {
      this.startBlocks = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#finalityDistance}. */
    public Builder finalityDistance(int value) {
      this.finalityDistance = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#safeDistance}. */
    public Builder safeDistance(int value) {
      this.safeDistance = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#finalityTags}. */
    public Builder finalityTags(boolean value) {
      this.finalityTags = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#automine}. */
    public Builder automine(boolean value) {
      this.automine = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#clientVersion}. */
    public Builder clientVersion(String value) {
      this.clientVersion = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#methods}. */
    public Builder methods(Set<String> value) {
      this.methods = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#maxLogs}. */
    public Builder maxLogs(int value) {
      this.maxLogs = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#numbersOnly}. */
    public Builder numbersOnly(Set<String> value) {
      this.numbersOnly = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#orphansKept}. */
    public Builder orphansKept(boolean value) {
      this.orphansKept = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#uncles}. */
    public Builder uncles(boolean value) {
      this.uncles = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#lags}. */
    public Builder lags(List<Integer> value) {
      this.lags = value;
      return this;
    }

    /** Sets {@link SimNodeOptions#genesisTime}. */
    public Builder genesisTime(Instant value) {
      this.genesisTime = value;
      return this;
    }

    /**
     * The options as they are now.
     *
     * @throws IllegalArgumentException if a value breaks its rule
     */
    public SimNodeOptions build() {
      return new SimNodeOptions(
          seed,
          chainId,
          port,
          latency,
          jitter,
          failRate,
          blockTime,
          startBlocks,
          finalityDistance,
          safeDistance,
          finalityTags,
          automine,
          clientVersion,
          methods,
          maxLogs,
          numbersOnly,
          orphansKept,
          uncles,
          lags,
          genesisTime);
    }
  }
}
