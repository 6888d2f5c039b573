package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadTrackerTest {
  private final ChainIdentity identity = new ChainIdentity("main", OptionalLong.empty());
  private final Source first = new Source();
  private final Source second = new Source();
  private Runnable tick = () -> {};
  private boolean stopped;

  private final Ticker byHand =
      (period, action) -> {
        tick = action;
        action.run();
        return new Ticker.Ticking() {
          @Override
          public void run(Runnable other) {
            other.run();
          }

          @Override
          public void stop() {
            stopped = true;
          }
        };
      };

  private static final class Source implements HeadSource {
    private HeadReport report = new HeadReport(100, 90, "0xf0");
    private @Nullable Promise<HeadReport> slow;
    private int polls;

    @Override
    public String name() {
      return "main#1";
    }

    @Override
    public Future<HeadReport> poll() {
      polls++;
      return slow == null ? Future.succeededFuture(report) : slow.future();
    }

    void says(long head) {
      report = new HeadReport(head, report.finalized(), report.finalizedHash());
    }

    void says(long head, long finalized, String hash) {
      report = new HeadReport(head, finalized, hash);
    }
  }

  private HeadTracker started(Source... sources) {
    HeadTracker tracker = new HeadTracker(identity, List.of(sources));
    assertThat(tracker.get().head()).isEqualTo(Snapshot.UNKNOWN);
    tracker.start(byHand);
    return tracker;
  }

  @Test
  void theHeadIsTheHighestAndSoIsTheFinalBlock() {
    second.says(103, 95, "0xf5");
    HeadTracker tracker = started(first, second);

    assertThat(tracker.get().head()).isEqualTo(103);
    assertThat(tracker.get().finalized()).isEqualTo(95);
    assertThat(tracker.ready()).isTrue();
    assertThat(identity.get().ready()).isTrue();
  }

  @Test
  void theHeadDoesNotGoBackwardsBecauseALaggingNodeAnswered() {
    second.says(103);
    HeadTracker tracker = started(first, second);
    second.report = HeadReport.NONE;
    tick.run();
    tick.run();
    tick.run();

    assertThat(tracker.get().head()).isEqualTo(103);
    assertThat(tracker.ready()).isTrue();
  }

  @Test
  void theOnlyNodeOfARewoundChainIsFollowedDownWhenItSaysSoTwice() {
    HeadTracker tracker = started(first);
    first.says(95);
    tick.run();
    assertThat(tracker.get().head()).isEqualTo(100);
    tick.run();

    assertThat(tracker.get().head()).isEqualTo(95);
    assertThat(tracker.get().generation()).isZero();
  }

  @Test
  void aLowerFinalBlockOfAFleetIsNoReset() {
    HeadTracker tracker = started(first);
    first.says(101, 85, "0xe5");
    tick.run();
    tick.run();

    assertThat(tracker.get().finalized()).isEqualTo(90);
    assertThat(tracker.get().generation()).isZero();
  }

  @Test
  void aHeadBelowTheFinalBlockTwiceIsAReset() {
    HeadTracker tracker = started(first);
    first.says(3, 0, "0xf0");
    tick.run();
    assertThat(tracker.get().generation()).isZero();
    tick.run();

    assertThat(tracker.get().generation()).isEqualTo(1);
    assertThat(tracker.get().head()).isEqualTo(3);
    assertThat(tracker.get().finalized()).isEqualTo(Snapshot.UNKNOWN);
    tick.run();
    assertThat(tracker.get().finalized()).isZero();
  }

  @Test
  void anotherHashUnderAFinalNumberIsAReset() {
    HeadTracker tracker = started(first);
    first.says(100, 90, "0xee");
    tick.run();

    assertThat(tracker.get().generation()).isEqualTo(1);
    assertThat(tracker.get().finalized()).isEqualTo(Snapshot.UNKNOWN);
  }

  @Test
  void aNodeThatHasNotAnsweredYetIsNotAskedAgain() {
    first.slow = Promise.promise();
    started(first, second);
    tick.run();
    tick.run();

    assertThat(first.polls).isEqualTo(1);
    assertThat(second.polls).isEqualTo(3);
  }

  @Test
  void theFirstRoundEndsWhenEachNodeWasHeard() {
    Promise<HeadReport> late = Promise.promise();
    first.slow = late;
    HeadTracker tracker = new HeadTracker(identity, List.of(first, second));
    Future<Void> round = tracker.start(byHand);
    assertThat(round.isComplete()).isFalse();
    late.complete(HeadReport.NONE);

    assertThat(round.succeeded()).isTrue();
    assertThat(tracker.ready()).isTrue();
  }

  @Test
  void aChainWhoseNodesAreAllGoneIsNotReadyAndKeepsItsHead() {
    HeadTracker tracker = started(first);
    first.report = HeadReport.NONE;
    tick.run();
    tick.run();
    assertThat(tracker.ready()).isTrue();
    tick.run();

    assertThat(tracker.ready()).isFalse();
    assertThat(tracker.get().head()).isEqualTo(100);
  }

  @Test
  void aTrackerStartsOnceAndStops() {
    HeadTracker tracker = started(first);

    assertThatThrownBy(() -> tracker.start(byHand)).isInstanceOf(IllegalStateException.class);
    tracker.stop();
    assertThat(stopped).isTrue();
    assertThatThrownBy(() -> new HeadTracker(identity, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefreshIsOverWhenAQuestionPutAfterItIsAnswered() {
    HeadTracker tracker = started(first);
    Promise<HeadReport> before = Promise.promise();
    first.slow = before;
    tick.run();
    Future<Void> refreshed = tracker.refresh();
    first.slow = null;
    first.says(101);
    assertThat(refreshed.isComplete()).isFalse();

    before.complete(new HeadReport(100, 90, "0xf0"));
    assertThat(refreshed.succeeded()).isTrue();
    assertThat(tracker.get().head()).isEqualTo(101);
  }

  @Test
  void aRefreshFollowsAChainThatWasRewound() {
    HeadTracker tracker = started(first);
    first.says(95);
    assertThat(tracker.refresh().succeeded()).isTrue();
    assertThat(tracker.get().head()).isEqualTo(95);
  }

  @Test
  void aRefreshIsOverAlsoWhereANodeDoesNotAnswer() {
    HeadTracker tracker = started(first);
    first.report = HeadReport.NONE;
    assertThat(tracker.refresh().succeeded()).isTrue();
    assertThat(tracker.get().head()).isEqualTo(100);
  }
}
