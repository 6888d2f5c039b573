package dev.tenfold.gateway.truth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimNodeOptions;
import dev.tenfold.simnode.SimulatedChain;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The nodes of one run and their chain, or two: what can happen to them. */
final class Nodes {
  private static final InstantSource STILL =
      InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));
  private static final int FINALITY = 64;
  private static final int DEEPEST = 30;
  private static final int LONGEST_APART = 20;

  private final Setting setting;
  private final Random random;
  private final SimulatedChain chain;
  private final SimulatedChain second;
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<List<Integer>> lags = new ArrayList<>();
  private final Landmarks landmarks;
  private boolean apart;
  private long apartSince;
  private long finalUpTo;

  Nodes(Setting setting, long seed, Random random) {
    this.setting = setting;
    this.random = random;
    chain = new SimulatedChain(setting.options(seed), STILL);
    second = setting.forks() ? chain.fork() : chain;
    for (int i = 0; i < setting.lags().size(); i++) {
      nodes.add(new SimNode(i == 0 ? chain : second, setting.options(seed)));
      lags.add(List.of());
      lag(i, setting.lags().get(i));
    }
    landmarks = new Landmarks(beside(setting.ofAllKnowing(seed)), random);
  }

  List<SimNode> all() {
    return nodes;
  }

  /** A node that shows all chains without lag; nobody asks it but the oracle. */
  SimNode beside(SimNodeOptions options) {
    return new SimNode(List.of(chain, second), options);
  }

  Landmarks landmarks() {
    return landmarks;
  }

  /** The newest blocks that the nodes show, all members of fleets included. */
  Set<String> heads() {
    Set<String> heads = new LinkedHashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      SimulatedChain shown = nodes.get(i).chain();
      lags.get(i).forEach(lag -> heads.add(shown.hashAt(shown.headNumber() - lag)));
    }
    return heads;
  }

  /** One more block, sometimes several. */
  void mine() {
    int blocks = random.nextInt(12) == 0 ? 2 + random.nextInt(5) : 1;
    chain.mine(blocks);
    if (apart) {
      second.mine(random.nextInt(3));
      apart = chain.headNumber() - apartSince < LONGEST_APART;
    }
    follow();
  }

  /** The newest blocks are replaced: mostly few, at most thirty. */
  void reorganise() {
    int depth = random.nextInt(3) > 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(DEEPEST);
    if (isAllowed(depth)) {
      landmarks.losing(depth);
      chain.reorg(depth);
      chain.mine(random.nextInt(2));
      follow();
    }
  }

  /** The chain goes back to what it had left. */
  void goBack() {
    JsonNode lost = landmarks.anyLost();
    String hash = lost.path("hash").asText();
    long number = Long.decode(lost.path("number").asText());
    boolean near = chain.headNumber() - number < 8;
    if (near && !setting.forks() && isAllowed(DEEPEST + 8)) {
      landmarks.losing(8);
      try {
        chain.adopt(chain, hash);
      } catch (IllegalArgumentException e) {
        return; // it was of the chain before a reset
      }
      follow();
    }
  }

  void rewind() {
    int blocks = 1 + random.nextInt(6);
    if (isAllowed(blocks)) {
      landmarks.losing(blocks);
      chain.rewind(blocks);
      follow();
    }
  }

  /** Another chain from its first block on. Not where two nodes would have to do it at once. */
  void reset() {
    if (!setting.forks()) {
      landmarks.losing(DEEPEST);
      chain.reset();
      finalUpTo = 0;
    }
  }

  /** A node falls behind or catches up; or leaves the other's fork or comes back to it. */
  void moveApartOrTogether() {
    if (setting.forks()) {
      apart = !apart;
      apartSince = chain.headNumber();
      follow();
      return;
    }
    int node = random.nextInt(nodes.size());
    boolean usual = random.nextBoolean();
    lag(node, usual ? setting.lags().get(node) : List.of(0, random.nextInt(5)));
  }

  private void lag(int node, List<Integer> blocks) {
    nodes.get(node).setLags(blocks);
    lags.set(node, blocks);
  }

  /** Keeps the second node on the first one's chain, unless they are apart. */
  private void follow() {
    finalUpTo = Math.max(finalUpTo, Math.max(chain.headNumber(), second.headNumber()) - FINALITY);
    if (setting.forks() && !apart) {
      second.adopt(chain, chain.headHash());
    }
  }

  /** No chain leaves what was final. */
  private boolean isAllowed(int depth) {
    return chain.headNumber() - depth > finalUpTo;
  }
}
