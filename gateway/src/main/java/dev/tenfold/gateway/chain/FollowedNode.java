package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.chain.HeadSource.Standing;
import dev.tenfold.gateway.chain.HeadSource.Tag;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node, and what is remembered of it. Confined to the tracker's event loop. */
final class FollowedNode {
  /** So many questions in a row without an answer, and the node has no say any more. */
  static final int GONE_AFTER = 3;

  /**
   * So many walks in a row that lead nowhere: with the last of them the block that is final decides
   * whether it is our chain.
   */
  static final int GIVES_UP_AFTER = 3;

  /** Where the block that a node last called its newest is, seen from the window. */
  enum Place {
    /** Not known: nothing was reported, or what lies between has to be asked for. */
    UNKNOWN,
    /** In the window. */
    ON,
    /** Above the head, and links to it. */
    AHEAD,
    /** On a fork that leaves the window below its head, but not below what is final. */
    FORK,
    /** Older than the window: whether it is of the same chain is not known. */
    LOW,
    /** Too far away to be linked, but not in contradiction to what is final. */
    APART,
    /** On a chain that has another block where ours is final. */
    FOREIGN
  }

  private final HeadSource source;
  private final FollowedChain chain;
  private final Map<Tag, Long> tagRestsUntil = new EnumMap<>(Tag.class);
  private @Nullable Future<Void> asking;
  private boolean heard;
  private int failures;
  private @Nullable BlockHeader report;

  private Place place = Place.UNKNOWN;
  private List<BlockHeader> branch = List.of();
  private Standing standing = Standing.NONE;
  private long finalized = Snapshot.UNKNOWN;
  private long had = Snapshot.UNKNOWN;

  private boolean finalityDue;
  private @Nullable Long finalityAskedNanos;

  private boolean mixed;
  private boolean contradicts;
  private boolean walked;
  private boolean questioned;
  private int failedWalks;
  private @Nullable BlockHash confirmedAgainst;
  private @Nullable BlockHash proven;

  FollowedNode(HeadSource source, FollowedChain chain) {
    this.source = new CheckedSource(source);
    this.chain = chain;
  }

  HeadSource source() {
    return source;
  }

  int weight() {
    return source.weight();
  }

  /** The question for its newest block that is under way, or null. */
  @Nullable Future<Void> asking() {
    return asking;
  }

  /** It is asked; null: it has answered. */
  void asks(@Nullable Future<Void> question) {
    asking = question;
  }

  /** The node has answered, or failed to, once at least. */
  boolean wasHeard() {
    return heard;
  }

  /** The last question was answered. */
  boolean answersNow() {
    return failures == 0;
  }

  /** The node has reported, and is not gone. */
  boolean hasSay() {
    return report != null && failures < GONE_AFTER;
  }

  /** The block that it last called its newest. */
  @Nullable BlockHeader report() {
    return report;
  }

  /** That block's number, or {@link Snapshot#UNKNOWN}. */
  long number() {
    return report == null ? Snapshot.UNKNOWN : report.number();
  }

  Place place() {
    return place;
  }

  /** From the first block that the window does not have to the reported one. */
  List<BlockHeader> branch() {
    return branch;
  }

  /** It is polled, and what it then says may be looked into with one walk and one doubt. */
  void isPolled() {
    walked = false;
    questioned = false;
  }

  void failed() {
    heard = true;
    failures++;
  }

  /** The node was asked, and said this. */
  void reported(BlockHeader newest) {
    heard = true;
    failures = 0;
    proven = null;
    finalityDue |= report == null || !report.hash().equals(newest.hash());
    report = newest;
  }

  /** Finds out as much as can be found without a question. */
  void place(ChainSnapshot belief) {
    BlockHeader newest = report;
    if (newest == null) {
      return;
    }
    Window window = belief.window();
    Place before = place;
    if (contradicts) {
      place = Place.FOREIGN;
      branch = List.of(newest);
    } else if (window.has(newest)) {
      place = Place.ON;
      branch = List.of();
      failedWalks = 0;
    } else if (isKnownToBeElsewhere(before, newest)) {
      branch = follows(newest) ? List.of(newest) : branch;
    } else if (newest.number() < window.floor()) {
      place = Place.LOW;
      branch = List.of();
    } else {
      link(belief, newest);
    }
    remember(window, newest);
  }

  private boolean isKnownToBeElsewhere(Place before, BlockHeader newest) {
    return (before == Place.FOREIGN || before == Place.APART)
        && !branch.isEmpty()
        && (branch.getLast().hash().equals(newest.hash()) || follows(newest));
  }

  private boolean follows(BlockHeader newest) {
    return !branch.isEmpty() && newest.isChildOf(branch.getLast());
  }

  private void link(ChainSnapshot belief, BlockHeader newest) {
    Window window = belief.window();
    List<BlockHeader> path = new ArrayList<>(branch);
    if (follows(newest)) {
      path.add(newest);
    } else if (path.isEmpty() || !path.getLast().hash().equals(newest.hash())) {
      path = new ArrayList<>(List.of(newest));
    }
    int known = 0;
    while (known < path.size() && window.has(path.get(known))) {
      known++;
    }
    branch = List.copyOf(path.subList(known, path.size()));
    BlockHeader join = window.parentOf(branch.getFirst());
    if (join == null) {
      place = Place.UNKNOWN;
      branch = List.of();
    } else if (join.number() < belief.finalized()) {
      place = Place.FOREIGN;
    } else {
      place = join.number() == window.headNumber() ? Place.AHEAD : Place.FORK;
      failedWalks = 0;
    }
  }

  private void remember(Window window, BlockHeader newest) {
    long head = window.headNumber();
    boolean higher = newest.number() > head;
    boolean provenHead = proven != null && proven.equals(headHash(window));
    long has =
        switch (place) {
          case ON -> provenHead ? head : newest.number();
          case LOW -> wentBack(newest) ? Snapshot.UNKNOWN : newest.number();
          case AHEAD -> head;
          case FORK -> branch.getFirst().number() - 1;
          case FOREIGN, APART -> Snapshot.UNKNOWN;
          case UNKNOWN -> higher ? Math.min(standing.head(), head) : Snapshot.UNKNOWN;
        };
    boolean onOurs = place == Place.ON || place == Place.AHEAD;
    had = Math.min(onOurs ? Math.max(had, has) : had, head);
    if (onOurs && has == head) {
      confirmedAgainst = null;
    }
    if (onOurs) {
      finalized = Math.max(finalized, chain.finalBelow(has));
    }
    boolean lags = place == Place.LOW && !wentBack(newest);
    stand(has, onOurs || lags || (place == Place.UNKNOWN && higher));
  }

  /** It had a higher block of the followed chain than it has now. */
  private boolean wentBack(BlockHeader newest) {
    return had > newest.number();
  }

  private void stand(long head, boolean follows) {
    Standing now = new Standing(head, follows, finalized);
    if (!now.equals(standing)) {
      standing = now;
      source.stands(now);
    }
  }

  private static @Nullable BlockHash headHash(Window window) {
    BlockHeader head = window.head();
    return head == null ? null : head.hash();
  }

  /** True if the node was seen to have a block of the followed chain at this number or above. */
  boolean had(long number) {
    return had >= number;
  }

  /** True if what it reported may be walked down from: once for each poll. */
  boolean mayWalk() {
    return !walked;
  }

  void walks() {
    walked = true;
  }

  /** The walk down from what it reported ended so. */
  void walked(Walk.Found found) {
    place = found.place();
    branch = found.branch();
    failedWalks = place == Place.UNKNOWN ? failedWalks + 1 : 0;
  }

  /** Walks led nowhere: the next one is not to look for a link any more. */
  boolean cannotBeLinked() {
    return failedWalks >= GIVES_UP_AFTER - 1;
  }

  /** True if it may be asked whether it has a block of ours: once for each poll. */
  boolean mayBeQuestioned() {
    return !questioned;
  }

  void isQuestioned() {
    questioned = true;
  }

  /** The node was seen to show several heads in turn. */
  boolean isMixed() {
    return mixed;
  }

  /** It denied again and again to have this block of ours. */
  void deniedToHave(BlockHeader ours) {
    confirmedAgainst = ours.hash();
  }

  boolean denies(BlockHeader ours) {
    return ours.hash().equals(confirmedAgainst);
  }

  /** It has this block of ours, whatever it called its newest. */
  void provedToHave(BlockHeader ours) {
    mixed = true;
    contradicts = false;
    confirmedAgainst = null;
    proven = ours.hash();
    had = Math.max(had, ours.number());
    if (place == Place.FOREIGN) {
      place = Place.UNKNOWN;
      branch = List.of();
    }
  }

  /** What it calls final is another block than the one that is final here. */
  void contradicts() {
    contradicts = true;
  }

  /** It called this block final, which is also ours. */
  void calledFinal(long number) {
    contradicts = false;
    if (!chain.hasFinalityDepth()) {
      finalized = Math.max(finalized, number);
    }
  }

  /** It is to be asked anew what is final. */
  void finalityIsDue() {
    finalityDue = true;
  }

  /** True, once, if it is to be asked what is final, and was not after this time. */
  boolean takeFinalityDue(long notAfterNanos, long nowNanos) {
    Long asked = finalityAskedNanos;
    boolean now = finalityDue && (asked == null || asked - notAfterNanos <= 0);
    if (now) {
      finalityDue = false;
      finalityAskedNanos = nowNanos;
    }
    return now;
  }

  boolean mayBeAskedFor(Tag tag, long nowNanos) {
    Long until = tagRestsUntil.get(tag);
    return until == null || until - nowNanos <= 0;
  }

  /** The node does not know the tag, and is left alone with it for a while. */
  void knowsNot(Tag tag, long untilNanos) {
    tagRestsUntil.put(tag, untilNanos);
  }

  /** True if the node does not know the tag. */
  boolean lacks(Tag tag) {
    return tagRestsUntil.containsKey(tag);
  }

  void knows(Tag tag) {
    tagRestsUntil.remove(tag);
  }

  /** The blocks of the window above this number are no more of the followed chain. */
  void leftBehind(Window before, long fork) {
    had = Math.min(had, fork);
    if (place == Place.ON && number() > fork && fork >= before.floor()) {
      branch = before.between(fork, number());
    }
  }

  /** All that it said of the chain that is no more is forgotten. */
  void forget() {
    tagRestsUntil.clear();
    finalityDue = true;
    finalityAskedNanos = null;
    finalized = Snapshot.UNKNOWN;
    had = Snapshot.UNKNOWN;
    contradicts = false;
    confirmedAgainst = null;
    place = Place.UNKNOWN;
    branch = List.of();
  }
}
