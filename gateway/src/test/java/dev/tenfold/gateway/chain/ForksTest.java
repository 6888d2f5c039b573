package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New heads of one node: the next block, a gap, a fork, another chain. */
class ForksTest {
  private final FakeNode node = new FakeNode("main#1", Blocks.chain(0, 400));
  private final TrackedChain chain = new TrackedChain(node).started();

  @Test
  void theNextBlockIsTakenOverWithoutAnotherQuestion() {
    node.questions.clear();
    node.grow(1);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(node.questions).containsOnly("newest");
    assertThat(chain.now().generation()).isZero();
  }

  @Test
  void aGapIsFilledByOneRequest() {
    node.questions.clear();
    node.grow(50);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().block(401)).isEqualTo(node.chain.get(401));
    assertThat(node.questions).contains("range 401 449").doesNotContain("at 401");
    assertThat(node.count("range")).isEqualTo(1);
    assertThat(chain.now().generation()).isZero();
  }

  @Test
  void aNodeThatTakesNoBatchesIsWalkedBackByHash() {
    node.takesBatches = false;
    node.grow(50);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().block(401)).isEqualTo(node.chain.get(401));
    assertThat(node.count("with")).isEqualTo(49);
  }

  @Test
  void aGapThatIsTooLargeBeginsANewWindow() {
    node.grow(Walk.LONGEST_GAP + 1);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().window().size()).isEqualTo(1 + Backfill.AT_THE_START);
    assertThat(chain.now().epoch()).isZero();
    assertThat(chain.now().generation()).isEqualTo(1);
    assertThat(chain.now().finalized()).isEqualTo(400 - 32);
  }

  @Test
  void theLargestGapIsFilled() {
    node.grow(Walk.LONGEST_GAP);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().window().size()).isEqualTo(129 + Walk.LONGEST_GAP);
    assertThat(chain.now().generation()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30, 31})
  void aForkIsFollowedFromWhereItBegan(int depth) {
    List<BlockHeader> before = node.chain;
    node.chain = Blocks.fork(before, 400 - depth, 1, depth + 1);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().block(400 - depth)).isEqualTo(before.get(400 - depth));
    assertThat(chain.now().block(before.get(401 - depth).hash())).isNull();
    assertThat(chain.now().generation()).isEqualTo(1);
    assertThat(chain.now().epoch()).isZero();
    assertThat(node.count("range")).isLessThan(10);
  }

  @Test
  void aForkOfANodeWithoutBatchesIsFollowedByHash() {
    node.takesBatches = false;
    node.chain = Blocks.fork(node.chain, 380, 1, 30);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().generation()).isEqualTo(1);
  }

  @Test
  void aForkWithALowerHeadIsFollowedAfterTheOldHeadWasDeniedThreeTimes() {
    node.chain = Blocks.fork(node.chain, 390, 1, 5);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().generation()).isEqualTo(1);
    assertThat(node.count("at 400")).isEqualTo(Doubt.CONFIRMATIONS);
  }

  @Test
  void anotherBlockAtTheSameHeightIsFollowed() {
    node.chain = Blocks.fork(node.chain, 399, 1, 1);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().generation()).isEqualTo(1);
  }

  @Test
  void aForkBelowTheFinalBlockIsAResetWhenItWasConfirmed() {
    node.chain = Blocks.fork(node.chain, 360, 1, 60);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().epoch()).isEqualTo(1);
    assertThat(chain.now().generation()).isEqualTo(1);
    assertThat(chain.now().finalizedBlock()).isIn(null, node.chain.get(388));
    assertThat(node.count("at 368")).isGreaterThanOrEqualTo(Doubt.CONFIRMATIONS);
    chain.pass(Duration.ofSeconds(5));
    assertThat(chain.now().finalized()).isEqualTo(420 - 32);
    assertThat(node.standing).isEqualTo(new HeadSource.Standing(420, true, 388));
  }

  @Test
  void anotherChainAltogetherIsAReset() {
    node.chain = Blocks.chain(7, 500);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().epoch()).isEqualTo(1);
  }

  @Test
  void anotherChainThatIsMuchHigherIsAReset() {
    node.chain = Blocks.chain(7, 3_000);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().epoch()).isEqualTo(1);
  }

  @Test
  void whereNothingIsFinalADeepForkReplacesTheWindow() {
    FakeNode old = new FakeNode("main#1", Blocks.chain(0, 400));
    old.knowsTags = false;
    TrackedChain follows = new TrackedChain(old).started();
    old.chain = Blocks.fork(old.chain, 3, 1, 450);
    follows.poll(3);

    follows.assertFollows(old.chain);
    assertThat(follows.now().generation()).isEqualTo(1);
    assertThat(follows.now().epoch()).isZero();
  }

  @Test
  void whereNothingIsFinalARewindBelowTheWindowReplacesItToo() {
    FakeNode old = new FakeNode("main#1", Blocks.chain(0, 400));
    old.knowsTags = false;
    TrackedChain follows = new TrackedChain(old).started();
    old.chain = Blocks.chain(0, 20);
    follows.poll(3);

    follows.assertFollows(old.chain);
    assertThat(follows.now().generation()).isEqualTo(1);
    assertThat(follows.now().epoch()).isZero();
  }

  @Test
  void aNodeThatWasAwayForFiftyBlocksIsCaughtUpWith() {
    node.down = true;
    chain.poll(5);
    node.grow(50);
    node.down = false;
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().block(425)).isEqualTo(node.chain.get(425));
  }

  @Test
  void aChainThatCannotBeLinkedAndHasNotWhatWasFinalIsAReset() {
    FakeNode unlinked = new FakeNode("main#1", node.chain);
    TrackedChain follows = new TrackedChain(withoutLinks(unlinked)).started();
    unlinked.chain = Blocks.fork(node.chain, 3, 1, 440);
    follows.pass(Rhythm.UNSURE.multipliedBy(3));

    assertThat(follows.now().head()).isEqualTo(443);
    assertThat(follows.now().epoch()).isEqualTo(1);
  }

  @Test
  void whereOnlyTheDepthSaysWhatIsFinalAChainThatCannotBeLinkedIsAResetToo() {
    FakeNode unlinked = new FakeNode("main#1", node.chain);
    unlinked.knowsTags = false;
    TrackedChain follows = new TrackedChain(OptionalLong.of(10), withoutLinks(unlinked)).started();
    unlinked.chain = Blocks.fork(node.chain, 3, 1, 440);
    follows.pass(Rhythm.UNSURE.multipliedBy(3));

    assertThat(follows.now().head()).isEqualTo(443);
    assertThat(follows.now().epoch()).isEqualTo(1);
  }

  /** A node that takes no batches, and finds no block by its hash. */
  private static HeadSource withoutLinks(FakeNode node) {
    node.takesBatches = false;
    return new HostileSource(node) {
      @Override
      public Future<Said> with(BlockHash hash) {
        return Future.succeededFuture(Said.NOTHING);
      }
    };
  }

  @Test
  void aChainThatCannotBeLinkedAtAllIsTakenOverAfterThreeTries() {
    FakeNode newestOnly = new FakeNode("main#1", node.chain);
    TrackedChain follows = new TrackedChain(withoutLinks(newestOnly)).started();
    newestOnly.chain = Blocks.grow(node.chain, 0, 40);
    follows.pass(Rhythm.UNSURE.multipliedBy(2));
    assertThat(follows.now().head()).isEqualTo(400);
    follows.pass(Rhythm.UNSURE);

    assertThat(follows.now().head()).isEqualTo(440);
    assertThat(follows.now().generation()).isEqualTo(1);
  }
}
