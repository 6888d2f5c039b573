package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.chain.HeadSource.Said;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HeadTrackerTest {
  private final FakeNode first = new FakeNode("main#1", Blocks.chain(0, 200));
  private final FakeNode second = new FakeNode("main#2", Blocks.chain(0, 200));
  private final TrackedChain one = new TrackedChain(first);
  private final TrackedChain two = new TrackedChain(first, second);

  @Test
  void theHeadIsTheHighestAndSoIsTheFinalBlock() {
    second.grow(3);
    two.started();

    assertThat(two.now().head()).isEqualTo(203);
    two.pass(Finality.PACE.plus(Rhythm.SPARSE));
    assertThat(two.now().finalized()).isEqualTo(203 - 32);
    assertThat(two.tracker.ready()).isTrue();
    assertThat(two.identity.get().ready()).isTrue();
  }

  @Test
  void theHeadDoesNotGoBackwardsBecauseALaggingNodeAnswered() {
    second.grow(3);
    two.started();
    second.down = true;
    two.poll(10);

    assertThat(two.now().head()).isEqualTo(203);
    assertThat(two.now().generation()).isZero();
    assertThat(two.tracker.ready()).isTrue();
  }

  @Test
  void theOnlyNodeOfARewoundChainIsFollowedDown() {
    one.started();
    first.chain = Blocks.chain(0, 195);
    one.poll();

    assertThat(one.now().head()).isEqualTo(195);
    assertThat(one.now().generation()).isEqualTo(1);
    assertThat(one.now().epoch()).isZero();
    assertThat(one.now().finalized()).isEqualTo(168);
    assertThat(first.count("at 200")).isEqualTo(Doubt.CONFIRMATIONS);
  }

  @Test
  void aHeadBelowTheFinalBlockIsAReset() {
    one.started();
    first.chain = Blocks.chain(0, 3);
    first.finalDistance = 64;
    one.poll();

    assertThat(one.now().head()).isEqualTo(3);
    assertThat(one.now().epoch()).isEqualTo(1);
    assertThat(one.now().generation()).isEqualTo(1);
    assertThat(one.now().finalized()).isZero();
    assertThat(first.standing.finalized()).isZero();
  }

  @Test
  void aNodeThatHasNotAnsweredYetIsNotAskedAgain() {
    first.slow = Promise.promise();
    two.started();
    two.poll(2);

    assertThat(first.count("newest")).isEqualTo(1);
    assertThat(second.count("newest")).isGreaterThan(2);
  }

  @Test
  void theFirstRoundEndsWhenEachNodeWasHeard() {
    Promise<Said> late = Promise.promise();
    first.slow = late;
    Future<Void> round = two.tracker.start(two.ticker);
    assertThat(round.isComplete()).isFalse();
    late.complete(Said.NOTHING);

    assertThat(round.succeeded()).isTrue();
    assertThat(two.tracker.ready()).isTrue();
  }

  @Test
  void aChainWhoseNodesAreAllGoneIsNotReadyAndKeepsItsHead() {
    one.started();
    first.down = true;
    one.pass(Duration.ofMillis(1_600));
    assertThat(one.tracker.ready()).isTrue();
    one.poll();

    assertThat(one.tracker.ready()).isFalse();
    assertThat(one.now().head()).isEqualTo(200);
    first.down = false;
    one.poll();
    assertThat(one.tracker.ready()).isTrue();
  }

  @Test
  void aTrackerStartsOnceAndStops() {
    one.started();
    assertThatThrownBy(() -> one.tracker.start(one.ticker))
        .isInstanceOf(IllegalStateException.class);

    one.tracker.stop();
    long asked = first.questions.size();
    one.pass(Duration.ofMinutes(1));
    assertThat(first.questions).hasSize((int) asked);
    assertThat(one.ticker.waiting()).isZero();
    assertThat(one.tracker.refresh().succeeded()).isTrue();
    assertThatThrownBy(
            () -> new HeadTracker(one.identity, List.of(), OptionalLong.empty(), () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefreshIsOverWhenAQuestionPutAfterItIsAnswered() {
    one.started();
    Promise<Said> before = Promise.promise();
    Said old = Said.of(first.chain.getLast());
    first.slow = before;
    one.poll();
    Future<Void> refreshed = one.tracker.refresh();
    first.slow = null;
    first.grow(1);
    assertThat(refreshed.isComplete()).isFalse();

    before.complete(old);
    assertThat(refreshed.succeeded()).isTrue();
    assertThat(one.now().head()).isEqualTo(201);
  }

  @Test
  void aRefreshFollowsAChainThatWasRewound() {
    one.started();
    first.chain = Blocks.chain(0, 195);

    assertThat(one.tracker.refresh().succeeded()).isTrue();
    assertThat(one.now().head()).isEqualTo(195);
  }

  @Test
  void aRefreshOfAllDropsTheAnswersAndNothingThatIsKnownOfTheChain() {
    one.started();
    ChainSnapshot before = one.now();
    first.grow(1);

    assertThat(one.tracker.refreshAll().succeeded()).isTrue();
    assertThat(one.now().epoch()).isEqualTo(before.epoch() + 1);
    assertThat(one.now().generation()).isEqualTo(before.generation());
    assertThat(one.now().finalized()).isEqualTo(before.finalized() + 1);
    assertThat(one.now().window().size()).isEqualTo(before.window().size() + 1);
  }

  @Test
  void aRefreshIsOverAlsoWhereANodeDoesNotAnswer() {
    one.started();
    first.down = true;

    assertThat(one.tracker.refresh().succeeded()).isTrue();
    assertThat(one.now().head()).isEqualTo(200);
  }

  @Test
  void aRefreshAsksForWhatIsFinalHoweverRecentlyThatWasAsked() {
    one.started();
    first.grow(1);
    one.poll();
    first.grow(5);

    assertThat(one.tracker.refresh().succeeded()).isTrue();
    assertThat(one.now().head()).isEqualTo(206);
    assertThat(one.now().finalized()).isEqualTo(206 - 32);
  }
}
