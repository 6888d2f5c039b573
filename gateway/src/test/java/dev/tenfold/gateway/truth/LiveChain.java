package dev.tenfold.gateway.truth;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the nodes had for their newest blocks, and what the gateway published of them, from moment
 * to moment.
 */
final class LiveChain {
  private final Supplier<Set<String>> heads;
  private final Supplier<Snapshot> snapshots;
  private final List<Set<String>> moments = new ArrayList<>();
  private final List<Snapshot> published = new ArrayList<>();
  private final Map<String, Set<String>> beside = new HashMap<>();
  private final Set<String> everPublished = new HashSet<>();
  private final Map<String, Integer> firstBelieved = new HashMap<>();

  /**
   * A history that begins now.
   *
   * @param heads the hashes of the newest blocks that the nodes show now
   */
  LiveChain(Supplier<Set<String>> heads, Supplier<Snapshot> snapshots) {
    this.heads = heads;
    this.snapshots = snapshots;
    look();
  }

  /** To be called whenever a node or the gateway may have changed. */
  void look() {
    Snapshot now = lookAtSnapshot();
    Set<String> live = heads.get();
    if (moments.isEmpty() || !moments.getLast().equals(live)) {
      moments.add(live);
    }
    firstBelieved.putIfAbsent(head(now), moment());
    firstBelieved.putIfAbsent(fork(now), moment());
    beside(hashOfHead(now)).addAll(live);
  }

  /** To be called whenever the gateway itself looks at what it believes. */
  Snapshot lookAtSnapshot() {
    Snapshot now = snapshots.get();
    if (published.isEmpty() || !published.getLast().equals(now)) {
      published.add(now);
      remember(now);
    }
    return now;
  }

  private void remember(Snapshot now) {
    for (long number = now.head(); number >= 0; number--) {
      BlockHeader block = now.block(number);
      if (block == null || !everPublished.add(block.hash().toString())) {
        return;
      }
    }
  }

  private static String head(Snapshot snapshot) {
    return hashOfHead(snapshot) + " " + fork(snapshot);
  }

  private static String fork(Snapshot snapshot) {
    return snapshot.epoch() + "/" + snapshot.generation();
  }

  /** When the gateway began to believe in this head: those who share a call of it came since. */
  int firstMomentOfHead(Snapshot snapshot) {
    return firstBelieved.getOrDefault(head(snapshot), 0);
  }

  /** When the gateway began to believe in this fork: those who share a call came since then. */
  int firstMomentOfFork(Snapshot snapshot) {
    return firstBelieved.getOrDefault(fork(snapshot), 0);
  }

  /** All that was published with this head: what is safe or final may have changed meanwhile. */
  List<Snapshot> publishedWithHeadOf(Snapshot snapshot) {
    String hash = hashOfHead(snapshot);
    return published.stream().filter(each -> hashOfHead(each).equals(hash)).toList();
  }

  /** The last moment; what happens later is since then, itself included. */
  int moment() {
    return moments.size() - 1;
  }

  /** The last that was published; later ones are since then, itself left out. */
  int publication() {
    return published.size();
  }

  /** The newest blocks of the nodes now. */
  Set<String> now() {
    return moments.getLast();
  }

  /** All newest blocks since a moment. */
  Set<String> since(int moment) {
    Set<String> live = new LinkedHashSet<>();
    moments.subList(moment, moments.size()).forEach(live::addAll);
    return live;
  }

  /** What was published since. */
  List<Snapshot> publishedSince(int publication) {
    return List.copyOf(published.subList(publication, published.size()));
  }

  /** The nodes' newest blocks while that one was the gateway's, or was asked for. */
  Set<String> beside(String head) {
    return beside.computeIfAbsent(head, hash -> new LinkedHashSet<>());
  }

  /** True if callers were told once that the block is in the chain. */
  boolean wasPublished(String hash) {
    return everPublished.contains(hash);
  }

  static String hashOfHead(Snapshot snapshot) {
    BlockHeader head = snapshot.block(snapshot.head());
    return head == null ? "" : head.hash().toString();
  }
}
