package dev.tenfold.gateway.chain;

import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the head of one chain by asking its nodes, and publishes what it believes as one
 * immutable {@link Snapshot}.
 *
 * <p>Every node is asked for its newest block again and again, by the {@link Rhythm} of the chain:
 * a new head is seen within a second, and the time that the node takes. A chain that nobody has
 * asked for in 60 seconds is looked at every 10 seconds only; who asks for it then has to {@link
 * #wake} it first. Which node is believed where they differ is the {@link ForkRule}.
 *
 * <p>All public methods may be called from any thread. {@link #get} costs one volatile read. What
 * they start runs on one event loop, that of the {@link Ticker}.
 */
public final class HeadTracker implements Supplier<Snapshot> {
  /** How long one who wakes the chain waits at the most. */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ChainIdentity identity;
  private final LongSupplier nanos;
  private final List<FollowedNode> nodes = new ArrayList<>();
  private final FollowedChain chain;
  private final Rhythm rhythm = new Rhythm();
  private final Attention attention;
  private final Follower follower;
  private final Finality finality;
  private final Backfill backfill;
  private final Promise<Void> firstRound = Promise.promise();
  private final AtomicBoolean suspected = new AtomicBoolean();
  private final AtomicBoolean wanted = new AtomicBoolean();

  private volatile @Nullable Ticker ticker;
  private volatile boolean stopped;
  private Ticker.@Nullable Timer next;
  private @Nullable Promise<Void> waking;

  /**
   * A tracker that asks nobody before {@link #start}.
   *
   * @param identity of the chain; it is told when the chain becomes ready
   * @param sources its nodes, at least one
   * @param finalityDepth so many blocks below the head a block is final, 1 to 8,192; empty: what
   *     the nodes call final is
   * @param nanos as {@link System#nanoTime}
   */
  public HeadTracker(
      ChainIdentity identity,
      List<? extends HeadSource> sources,
      OptionalLong finalityDepth,
      LongSupplier nanos) {
    this.identity = identity;
    this.nanos = nanos;
    String name = identity.chain();
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("chain " + name + " has no node");
    }
    chain = new FollowedChain(finalityDepth);
    sources.forEach(source -> nodes.add(new FollowedNode(source, chain)));
    attention = new Attention(nanos.getAsLong());
    follower = new Follower(name, chain, nodes, this::ask, this::newHead);
    finality = new Finality(name, chain, nodes, nanos, this::look);
    backfill = new Backfill(chain, follower::best, () -> rhythm.learn(chain.get().window()), nanos);
  }

  /**
   * Begins to ask every node; a node that has not answered yet is not asked again meanwhile.
   *
   * @return completes, never fails, when each node has answered once or failed to
   */
  public Future<Void> start(Ticker on) {
    if (ticker != null) {
      throw new IllegalStateException("the tracker of " + identity.chain() + " was started before");
    }
    ticker = on;
    on.run(this::tick);
    return firstRound.future();
  }

  /** Ends the asking; what was published stays. */
  public void stop() {
    stopped = true;
    Ticker started = ticker;
    if (started != null) {
      started.run(this::cancelNext);
    }
  }

  @Override
  public Snapshot get() {
    return chain.get();
  }

  /** True while the head is known and at least one node still reports one. */
  public boolean ready() {
    return identity.get().ready();
  }

  /** How many recent blocks are known one by one. */
  public int windowSize() {
    return chain.get().window().size();
  }

  /** Somebody asks for this chain. A plain read in the usual case. */
  public void touched() {
    attention.touch();
  }

  /**
   * True while what is published is of now: the nodes are asked in the rhythm of the chain, and
   * were in the last two seconds. False while the chain is idle, and after the process stood still.
   * One volatile read.
   *
   * @param nowNanos on the clock of the tracker
   */
  public boolean awake(long nowNanos) {
    return attention.isFresh(nowNanos);
  }

  /**
   * Has the nodes asked, unless the chain is awake; all who wake it at a time share the questions.
   *
   * @return completes, never fails, on the tracker's event loop, when the nodes that are well have
   *     answered and what they said is taken in; after {@link #PATIENCE} at the latest
   */
  public Future<Void> wake() {
    attention.touch();
    return onLoop(this::wakeNow);
  }

  /**
   * Asks every node anew, also for what is final, because the chain may just have changed.
   *
   * @return completes, never fails, on the tracker's event loop, when each node has answered a
   *     question put after this call, or failed to, and what they said is taken in
   */
  public Future<Void> refresh() {
    return onLoop(this::askAll);
  }

  /**
   * The state of blocks that are known may just have been changed, as development nodes do on
   * request: no answer that was asked for before is given any more. Then as {@link #refresh}.
   */
  public Future<Void> refreshAll() {
    return onLoop(
        () -> {
          chain.forgetAnswers();
          return askAll();
        });
  }

  private Future<Void> askAll() {
    return askAnew(nodes)
        .compose(asked -> follower.settled())
        .compose(settled -> finality.askNow());
  }

  /**
   * A node has said something that does not fit what is believed: it named a block that is not in
   * the chain, or lacks one that is. The nodes are asked at once. No more than one such question is
   * under way at a time, and the next one waits for 250 ms: what does not fit may be a lie.
   */
  public void suspect() {
    if (suspected.compareAndSet(false, true)) {
      onLoop(() -> askAnew(nodes).compose(asked -> follower.settled()))
          .compose(settled -> rest())
          .onComplete(rested -> suspected.set(false));
    }
  }

  /**
   * A caller asks about this block. If it is older than the window, but near enough to the head and
   * not final, the window is made longer, in the background.
   */
  public void want(long number) {
    if (Backfill.isMissing(chain.get(), number) && wanted.compareAndSet(false, true)) {
      onLoop(
          () -> {
            wanted.set(false);
            backfill.want(number);
            return Future.succeededFuture();
          });
    }
  }

  private Future<Void> rest() {
    Ticker started = ticker;
    if (started == null || stopped) {
      return Future.succeededFuture();
    }
    Promise<Void> rested = Promise.promise();
    started.run(() -> started.after(Rhythm.DENSE, rested::complete));
    return rested.future();
  }

  private Future<Void> onLoop(Supplier<Future<Void>> action) {
    Ticker started = ticker;
    if (started == null || stopped) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    started.run(() -> action.get().onComplete(done));
    return done.future();
  }

  private void tick() {
    cancelNext();
    if (stopped) {
      return;
    }
    long now = nanos.getAsLong();
    boolean idle = attention.isIdle(now);
    boolean fresh = attention.isFresh(now);
    if (idle || fresh || waking != null) {
      poll();
    } else {
      awaken();
    }
    if (idle) {
      attention.fallsAsleep(now);
    } else if (fresh) {
      attention.refreshed(now);
    }
    finality.askIfDue();
    schedule(idle ? Rhythm.IDLE : rhythm.delay(now));
  }

  private void schedule(Duration delay) {
    Ticker started = ticker;
    if (started != null && !stopped) {
      next = started.after(delay, this::tick);
    }
  }

  private void cancelNext() {
    Ticker.Timer timer = next;
    next = null;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void poll() {
    for (FollowedNode node : nodes) {
      node.isPolled();
      ask(node);
    }
  }

  private Future<Void> wakeNow() {
    if (attention.isFresh(nanos.getAsLong())) {
      return Future.succeededFuture();
    }
    if (waking == null) {
      tick();
    }
    Promise<Void> under = waking;
    return under == null ? Future.succeededFuture() : under.future();
  }

  /**
   * What was known is of long ago: it counts as of now when the nodes that are well have spoken.
   */
  private void awaken() {
    Ticker started = ticker;
    if (waking != null || started == null) {
      return;
    }
    Promise<Void> awake = Promise.promise();
    waking = awake;
    Ticker.Timer limit = started.after(PATIENCE, awake::tryComplete);
    List<FollowedNode> well = nodes.stream().filter(FollowedNode::answersNow).toList();
    List<FollowedNode> lost = nodes.stream().filter(node -> !node.answersNow()).toList();
    Future<Void> others = askAnew(lost);
    (well.isEmpty() ? others : askAnew(well))
        .compose(asked -> follower.settled())
        .onComplete(settled -> awake.tryComplete());
    awake
        .future()
        .onComplete(
            done -> {
              limit.cancel();
              waking = null;
              attention.refreshed(nanos.getAsLong());
            });
  }

  private Future<Void> askAnew(List<FollowedNode> asked) {
    return Future.join(asked.stream().map(this::askAnew).toList()).mapEmpty();
  }

  /** Asks now, or again as soon as the answer to the question under way is there. */
  private Future<Void> askAnew(FollowedNode node) {
    node.isPolled();
    Future<Void> underWay = node.asking();
    return underWay == null ? ask(node) : underWay.compose(answered -> ask(node));
  }

  /** Asks, unless a question is under way. */
  private Future<Void> ask(FollowedNode node) {
    Future<Void> underWay = node.asking();
    if (underWay != null) {
      return underWay;
    }
    Promise<Void> answered = Promise.promise();
    node.asks(answered.future());
    node.source()
        .newest()
        .onComplete(
            answer -> {
              node.asks(null);
              said(node, answer.succeeded() ? answer.result() : HeadSource.Said.NOTHING);
              answered.complete();
            });
    return answered.future();
  }

  private void said(FollowedNode node, HeadSource.Said said) {
    said.block().ifPresentOrElse(node::reported, node::failed);
    look();
  }

  private void look() {
    follower.look();
    finality.askIfDue();
    backfill.proceed();
    identity.ready(
        chain.get().head() != Snapshot.UNKNOWN && nodes.stream().anyMatch(FollowedNode::hasSay));
    if (nodes.stream().allMatch(FollowedNode::wasHeard)) {
      firstRound.tryComplete();
    }
  }

  private void newHead() {
    rhythm.arrived(chain.get().window(), nanos.getAsLong());
    if (chain.get().window().size() == 1) {
      backfill.begin();
    }
  }
}
