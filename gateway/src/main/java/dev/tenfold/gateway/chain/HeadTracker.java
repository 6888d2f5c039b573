package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.chain.Ticker.Ticking;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the head of one chain by asking its nodes, and publishes what it believes as one
 * immutable {@link Snapshot}.
 *
 * <p>{@link #get} and {@link #ready} may be called from any thread and cost one volatile read. All
 * else runs where the {@link Ticker} and the nodes' answers run, which must be one event loop.
 */
public final class HeadTracker implements Supplier<Snapshot> {
  /** How often every node is asked. */
  public static final Duration PERIOD = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(HeadTracker.class);

  /*
   * 1. The head is the highest that a node reports, and does not go back because a lagging node
   *    answered. Only where one node makes up the whole chain, and it reports a lower head twice
   *    in a row, has the chain been rewound, and is followed down.
   * 2. The final block is the highest that a node calls final. A node that takes back what it
   *    called final (its head is below that block twice in a row, or the block has another hash)
   *    stands for a chain that was reset: all that was believed is dropped, the generation rises.
   *    A smaller final number alone says nothing: behind one address may be many nodes.
   */
  private static final int CONFIRMATIONS = 2;

  private static final int GONE_AFTER = 3;

  private final ChainIdentity identity;
  private final String chain;
  private final List<Followed> nodes = new ArrayList<>();
  private final Promise<Void> firstRound = Promise.promise();
  private volatile HeadSnapshot snapshot = HeadSnapshot.NOTHING;
  private @Nullable Ticking ticking;

  /**
   * A tracker that asks nobody before {@link #start}.
   *
   * @param identity of the chain; it is told when the chain becomes ready
   * @param sources its nodes, at least one
   */
  public HeadTracker(ChainIdentity identity, List<? extends HeadSource> sources) {
    this.identity = identity;
    this.chain = identity.chain();
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("chain " + chain + " has no node");
    }
    sources.forEach(source -> nodes.add(new Followed(source)));
  }

  /**
   * Begins to ask every node, at once and then every {@link #PERIOD}; a node that has not answered
   * yet is not asked again meanwhile.
   *
   * @return completes, never fails, when each node has answered once or failed to
   */
  public Future<Void> start(Ticker ticker) {
    if (ticking != null) {
      throw new IllegalStateException("the tracker of " + chain + " was started before");
    }
    ticking = ticker.every(PERIOD, this::poll);
    return firstRound.future();
  }

  /** Ends the asking; what was published stays. */
  public void stop() {
    if (ticking != null) {
      ticking.stop();
    }
  }

  @Override
  public Snapshot get() {
    return snapshot;
  }

  /** True while the head is known and at least one node still reports one. */
  public boolean ready() {
    return identity.get().ready();
  }

  /**
   * Asks every node anew, because the chain may just have changed. May be called from any thread.
   *
   * @return completes, never fails, when each node has answered a question put after this call, or
   *     failed to; on the tracker's event loop
   */
  public Future<Void> refresh() {
    Promise<Void> done = Promise.promise();
    if (ticking == null) {
      done.complete();
    } else {
      ticking.run(() -> askAll().compose(asked -> confirmGoingBack()).onComplete(done));
    }
    return done.future();
  }

  private Future<Void> confirmGoingBack() {
    return nodes.stream().anyMatch(node -> node.lower > 0) ? askAll() : Future.succeededFuture();
  }

  private Future<Void> askAll() {
    return Future.join(nodes.stream().map(this::askAnew).toList()).mapEmpty();
  }

  private void poll() {
    for (Followed node : nodes) {
      if (node.asking == null) {
        ask(node);
      }
    }
  }

  /** Asks now, or again as soon as the answer to the question under way is there. */
  private Future<Void> askAnew(Followed node) {
    Future<Void> underWay = node.asking;
    if (underWay == null) {
      return ask(node);
    }
    return underWay.compose(answered -> node.asking == null ? ask(node) : node.asking);
  }

  private Future<Void> ask(Followed node) {
    Promise<Void> answered = Promise.promise();
    node.asking = answered.future();
    node.source
        .poll()
        .onComplete(
            answer -> {
              node.asking = null;
              reported(node, answer.result());
              answered.complete();
            });
    return answered.future();
  }

  private void reported(Followed node, @Nullable HeadReport answer) {
    HeadReport report = answer == null ? HeadReport.NONE : answer;
    node.heard = true;
    if (report.head() == Snapshot.UNKNOWN) {
      node.failures++;
    } else {
      node.failures = 0;
      believe(node, report);
    }
    identity.ready(
        snapshot.head() != Snapshot.UNKNOWN
            && nodes.stream().anyMatch(n -> n.said != null && n.failures < GONE_AFTER));
    if (nodes.stream().allMatch(n -> n.heard)) {
      firstRound.tryComplete();
    }
  }

  private void believe(Followed node, HeadReport report) {
    if (takesBackWhatWasFinal(node, report)) {
      reset(node, report);
      return;
    }
    node.said = node.merged(report);
    followHead(node, report.head());
    if (report.finalized() > snapshot.finalized()) {
      snapshot = snapshot.withFinalized(report.finalized());
    }
  }

  private void followHead(Followed node, long head) {
    if (head >= snapshot.head()) {
      node.lower = 0;
      if (head > snapshot.head()) {
        snapshot = snapshot.withHead(head);
      }
    } else if (nodes.size() == 1 && ++node.lower >= CONFIRMATIONS) {
      LOG.warn("{}: the chain went back from block {} to {}", chain, snapshot.head(), head);
      snapshot = snapshot.withHead(head);
      node.lower = 0;
    }
  }

  private static boolean takesBackWhatWasFinal(Followed node, HeadReport report) {
    HeadReport said = node.said;
    if (said == null || said.finalized() == Snapshot.UNKNOWN) {
      return false;
    }
    if (report.finalized() == said.finalized()
        && !report.finalizedHash().equals(said.finalizedHash())) {
      return true;
    }
    node.belowFinal = report.head() < said.finalized() ? node.belowFinal + 1 : 0;
    return node.belowFinal >= CONFIRMATIONS;
  }

  private void reset(Followed node, HeadReport report) {
    LOG.error(
        "{}: {} takes back block {}, which it called final: the chain was reset, all that was known"
            + " of it is dropped",
        chain,
        node.source.name(),
        node.said == null ? Snapshot.UNKNOWN : node.said.finalized());
    for (Followed each : nodes) {
      each.said = null;
      each.belowFinal = 0;
      each.lower = 0;
    }
    node.said = new HeadReport(report.head(), Snapshot.UNKNOWN, "");
    snapshot = new HeadSnapshot(report.head(), Snapshot.UNKNOWN, snapshot.generation() + 1);
  }

  /** One node, and what is remembered of it. Confined to the tracker's event loop. */
  private static final class Followed {
    private final HeadSource source;
    private @Nullable Future<Void> asking;
    private boolean heard;
    private int failures;
    private int lower;
    private int belowFinal;
    private @Nullable HeadReport said;

    private Followed(HeadSource source) {
      this.source = source;
    }

    /** The report, but with the highest block that the node ever called final. */
    private HeadReport merged(HeadReport report) {
      HeadReport before = said;
      return before != null && before.finalized() > report.finalized()
          ? new HeadReport(report.head(), before.finalized(), before.finalizedHash())
          : report;
    }
  }
}
