package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A tracker before nodes that a test plays, on a clock that it moves. */
final class TrackedChain {
  final HandTicker ticker = new HandTicker();
  final ChainIdentity identity = new ChainIdentity("main", OptionalLong.empty());
  final HeadTracker tracker;

  TrackedChain(HeadSource... nodes) {
    this(OptionalLong.empty(), nodes);
  }

  TrackedChain(OptionalLong finalityDepth, HeadSource... nodes) {
    tracker = new HeadTracker(identity, List.of(nodes), finalityDepth, ticker::nanos);
  }

  TrackedChain started() {
    tracker.start(ticker);
    return this;
  }

  /** A caller asks, and a poll goes by. */
  TrackedChain poll() {
    tracker.touched();
    ticker.advance(Rhythm.SPARSE);
    checkInvariants();
    return this;
  }

  TrackedChain poll(int times) {
    for (int i = 0; i < times; i++) {
      poll();
    }
    return this;
  }

  void pass(Duration time) {
    tracker.touched();
    ticker.advance(time);
    checkInvariants();
  }

  ChainSnapshot now() {
    return (ChainSnapshot) tracker.get();
  }

  /** The head is this very block, and the window is the chain that leads to it. */
  void assertFollows(List<BlockHeader> chain) {
    assertThat(now().window().head()).isEqualTo(chain.getLast());
    for (BlockHeader block : chain) {
      BlockHeader ours = now().block(block.number());
      assertThat(ours).isIn(null, block);
    }
  }

  /** What holds whatever the nodes say. */
  void checkInvariants() {
    Window window = now().window();
    assertThat(window.size()).isBetween(0, Window.LIMIT);
    assertThat(now().head()).isEqualTo(window.headNumber());
    BlockHeader before = null;
    for (long number = window.floor(); number <= window.headNumber() && number >= 0; number++) {
      BlockHeader block = window.block(number);
      assertThat(block).isNotNull();
      assertThat(block.number()).isEqualTo(number);
      assertThat(before == null || block.isChildOf(before)).isTrue();
      before = block;
    }
  }
}
