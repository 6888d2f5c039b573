package dev.tenfold.gateway.truth;

import dev.tenfold.simnode.SimNodeOptions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which nodes there are, and what they are like.
 *
 * @param name for messages
 * @param lags of each node; several lags: a fleet behind one address
 * @param forks true if the second node leaves the first one's chain from time to time
 * @param finalityTags false: no node knows {@code finalized} or {@code safe}
 * @param finalityDepth what the gateway is told
 * @param numbersOnly the methods that the nodes take no block by hash for
 * @param orphansKept false: nodes forget what was orphaned
 */
record Setting(
    String name,
    List<List<Integer>> lags,
    boolean forks,
    boolean finalityTags,
    OptionalLong finalityDepth,
    Set<String> numbersOnly,
    boolean orphansKept) {

  static final Setting ONE_NODE =
      new Setting(
          "one node",
          List.of(List.of(0)),
          false,
          true,
          OptionalLong.empty(),
          Set.of("eth_estimateGas", "eth_createAccessList"),
          true);

  static final Setting FLEET =
      new Setting(
          "a fleet behind one address",
          List.of(List.of(0, 1, 0, 2)),
          false,
          true,
          OptionalLong.empty(),
          Set.of(),
          true);

  static final Setting TWO_NODES =
      new Setting(
          "two nodes, one behind",
          List.of(List.of(0), List.of(2)),
          false,
          true,
          OptionalLong.empty(),
          Set.of(),
          false);

  static final Setting TWO_FORKS =
      new Setting(
          "two nodes, at times on two forks",
          List.of(List.of(0), List.of(0)),
          true,
          true,
          OptionalLong.empty(),
          Set.of(),
          true);

  static final Setting NO_TAGS =
      new Setting(
          "a node without finalized",
          List.of(List.of(0)),
          false,
          false,
          OptionalLong.empty(),
          Set.of(),
          false);

  static final Setting DEPTH =
      new Setting(
          "finality by depth",
          List.of(List.of(0)),
          false,
          false,
          OptionalLong.of(64),
          Set.of(),
          true);

  static List<Setting> all() {
    return List.of(ONE_NODE, FLEET, TWO_NODES, TWO_FORKS, NO_TAGS, DEPTH);
  }

  /** Of the nodes, and of their chain. */
  SimNodeOptions options(long seed) {
    return options(seed, numbersOnly, orphansKept);
  }

  /** Of a node that knows all, and takes all. */
  SimNodeOptions ofAllKnowing(long seed) {
    return options(seed, Set.of(), true);
  }

  /** Of a node that knows the chain alone. */
  SimNodeOptions ofForgetful(long seed) {
    return options(seed, numbersOnly, false);
  }

  private SimNodeOptions options(long seed, Set<String> byNumberOnly, boolean keepOrphans) {
    return SimNodeOptions.builder()
        .seed(seed)
        .blockTime(Duration.ZERO)
        .startBlocks(200)
        .uncles(true)
        .finalityTags(finalityTags)
        .numbersOnly(byNumberOnly)
        .orphansKept(keepOrphans)
        .build();
  }

  @Override
  public String toString() {
    return name;
  }
}
