package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.upstream.NodeBench;
import dev.tenfold.gateway.upstream.Upstream;
import dev.tenfold.gateway.upstream.UpstreamSettings;
import dev.tenfold.simnode.SimNode;
import dev.tenfold.simnode.SimNodeOptions;
import dev.tenfold.simnode.SimNodeServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new head is seen within a second, and the nodes are not asked more often than that needs. */
@Timeout(60)
class FreshnessTest {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int BLOCKS = 100;

  /** The most questions are those for the head, and two for finality at most every 3 s. */
  @ParameterizedTest
  @CsvSource({"12000, 28", "6000, 20", "2000, 8", "1000, 5", "250, 2"})
  void eachOfAHundredBlocksIsSeenWithinASecond(long blockMillis, int mostQuestionsABlock) {
    HandTicker ticker = new HandTicker();
    SimNode node =
        SimNode.create(
            SimNodeOptions.builder().blockTime(Duration.ofMillis(blockMillis)).build(),
            () -> Instant.EPOCH.plusNanos(ticker.nanos()));
    SimSource source = new SimSource(node);
    ChainIdentity identity = new ChainIdentity("main", OptionalLong.empty());
    HeadTracker tracker =
        new HeadTracker(identity, List.of(source), OptionalLong.empty(), ticker::nanos);
    tracker.start(ticker);
    long first = node.chain().headNumber();
    long asked = source.questions;
    long behindSince = ticker.nanos();

    while (node.chain().headNumber() < first + BLOCKS) {
      tracker.touched();
      ticker.advance(STEP);
      if (tracker.get().head() == node.chain().headNumber()) {
        behindSince = ticker.nanos();
      }
      long seenUntil = node.chain().headNumber() - Duration.ofSeconds(1).toMillis() / blockMillis;
      assertThat(tracker.get().head()).isGreaterThanOrEqualTo(seenUntil - 1);
      if (blockMillis > 1_000) {
        assertThat(Duration.ofNanos(ticker.nanos() - behindSince))
            .isLessThanOrEqualTo(Duration.ofSeconds(1));
      }
    }

    assertThat(source.questions - asked).isLessThan((long) mostQuestionsABlock * BLOCKS);
    assertThat(tracker.get().generation()).isZero();
  }

  @Test
  void aChainThatNobodyAsksForCostsSixQuestionsAMinuteAndThoseForFinality() {
    HandTicker ticker = new HandTicker();
    SimNode node =
        SimNode.create(SimNodeOptions.defaults(), () -> Instant.EPOCH.plusNanos(ticker.nanos()));
    SimSource source = new SimSource(node);
    ChainIdentity identity = new ChainIdentity("main", OptionalLong.empty());
    HeadTracker tracker =
        new HeadTracker(identity, List.of(source), OptionalLong.empty(), ticker::nanos);
    tracker.start(ticker);
    ticker.advance(Duration.ofMinutes(2));
    long asked = source.questions;
    ticker.advance(Duration.ofMinutes(10));

    assertThat(source.questions - asked).isLessThan(60 + 50 * 3 + 10);
    assertThat(tracker.get().head()).isGreaterThan(node.chain().headNumber() - 2);
  }

  @Test
  void onASocketAndTheRealClockBlocksOfAQuarterSecondAreSeenWithinASecond() {
    try (NodeBench bench = new NodeBench()) {
      SimNode node =
          SimNode.create(
              SimNodeOptions.builder().chainId(1).blockTime(Duration.ofMillis(250)).build());
      SimNodeServer server =
          SimNodeServer.start(bench.vertx, node, "127.0.0.1", 0)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      URI url = URI.create("http://127.0.0.1:" + server.port());
      Upstream upstream = bench.upstream(UpstreamSettings.of("main#1", url));
      HeadTracker tracker =
          new HeadTracker(
              bench.identity, List.of(upstream), OptionalLong.empty(), System::nanoTime);
      NodeBench.await(
          tracker.start(Ticker.on(bench.vertx)).toCompletionStage().toCompletableFuture());
      NodeBench.until(() -> tracker.get().head() >= 120);
      long first = tracker.get().head();

      for (long block = first + 1; block <= first + 20; block++) {
        long wanted = block;
        tracker.touched();
        NodeBench.until(() -> node.chain().headNumber() >= wanted);
        long made = System.nanoTime();
        NodeBench.until(() -> tracker.get().head() >= wanted);
        assertThat(Duration.ofNanos(System.nanoTime() - made)).isLessThan(Duration.ofSeconds(1));
      }
      assertThat(upstream.head()).isGreaterThanOrEqualTo(first + 20);
      assertThat(tracker.get().generation()).isZero();
      tracker.stop();
      server.close().await();
    }
  }
}
