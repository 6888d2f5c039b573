package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tenfold.gateway.chain.HeadSource.Said;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated("reads what all log")
class FinalityTest {
  private static final Duration ROUND = Finality.PACE.plus(Rhythm.SPARSE);

  private final FakeNode node = new FakeNode("main#1", Blocks.chain(0, 300));
  private final FakeNode other = new FakeNode("main#2", Blocks.chain(0, 300));
  private final TrackedChain chain = new TrackedChain(node);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(HeadTracker.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
  }

  @Test
  void finalizedAndSafeAreWhatTheNodeNames() {
    chain.started();

    assertThat(chain.now().finalized()).isEqualTo(268);
    assertThat(chain.now().finalizedBlock()).isEqualTo(node.chain.get(268));
    assertThat(chain.now().safeBlock()).isEqualTo(node.chain.get(284));
    assertThat(node.standing.finalized()).isEqualTo(268);
  }

  @Test
  void theyAreAskedForAfterANewHeadAndNotMoreThanOnceInThreeSeconds() {
    chain.started();
    for (int i = 0; i < 40; i++) {
      node.grow(1);
      chain.pass(Duration.ofMillis(250));
    }
    assertThat(node.count("tagged FINALIZED")).isBetween(3L, 5L);
    chain.pass(ROUND);
    assertThat(chain.now().finalized()).isEqualTo(340 - 32);

    long asked = node.count("tagged");
    chain.pass(Duration.ofSeconds(30));
    assertThat(node.count("tagged")).isEqualTo(asked);
  }

  @Test
  void whatCameTooEarlyIsMadeUpFor() {
    chain.started();
    node.grow(1);
    chain.pass(Duration.ofMillis(900));
    assertThat(chain.now().finalized()).isEqualTo(268);
    chain.pass(ROUND);

    assertThat(chain.now().finalized()).isEqualTo(269);
  }

  @Test
  void theLowerFinalBlockOfALaggingNodeIsIgnored() {
    other.finalDistance = 60;
    TrackedChain two = new TrackedChain(node, other).started();

    assertThat(two.now().finalized()).isEqualTo(268);
    assertThat(node.standing.finalized()).isEqualTo(268);
    assertThat(other.standing.finalized()).isEqualTo(240);
  }

  @Test
  void whatANodeOnceCalledFinalStands() {
    chain.started();
    node.finalDistance = 100;
    node.grow(1);
    chain.pass(ROUND);

    assertThat(chain.now().finalized()).isEqualTo(268);
    assertThat(node.standing.finalized()).isEqualTo(268);
  }

  @Test
  void aFinalBlockThatIsNotInOurWindowCountsForNothing() {
    TrackedChain two = new TrackedChain(node, other).started();
    other.chain = Blocks.fork(other.chain, 290, 1, 12);
    other.finalDistance = 2;
    node.grow(3);
    two.pass(ROUND);

    assertThat(two.now().finalized()).isEqualTo(271);
    two.assertFollows(node.chain);
    assertThat(two.now().epoch()).isZero();
  }

  @Test
  void aNodeThatCallsAnotherBlockFinalThanOursIsLookedIntoAndClearedIfItHasOurs() {
    BlockHeader wrong = Blocks.chain(5, 268).get(268);
    HeadSource liar =
        new HostileSource(node) {
          @Override
          public Future<Said> tagged(Tag tag) {
            return chain(tag);
          }

          private Future<Said> chain(Tag tag) {
            return node.chain.size() > 301 && tag == Tag.FINALIZED
                ? Future.succeededFuture(Said.of(wrong))
                : node.tagged(tag);
          }
        };
    TrackedChain follows = new TrackedChain(liar).started();
    node.grow(1);
    follows.pass(ROUND);

    assertThat(node.count("at 301")).isEqualTo(1);
    assertThat(follows.now().epoch()).isZero();
    follows.assertFollows(node.chain);
    assertThat(node.standing.follows()).isTrue();
  }

  @Test
  void aNodeThatDoesNotKnowTheTagsIsAskedAgainAfterTenMinutesOnly() {
    node.knowsTags = false;
    chain.started();
    for (int i = 0; i < 20; i++) {
      node.grow(1);
      chain.pass(ROUND);
    }
    assertThat(node.count("tagged")).isEqualTo(2);
    assertThat(chain.now().finalized()).isEqualTo(Snapshot.UNKNOWN);
    assertThat(chain.now().finalizedBlock()).isNull();
    node.knowsTags = true;
    chain.pass(Finality.TAG_REST);
    node.grow(1);
    chain.pass(ROUND);

    assertThat(chain.now().finalized()).isEqualTo(node.chain.size() - 1 - 32);
  }

  @Test
  void whereNothingIsFinalThatIsSaidOnceAChain() {
    node.knowsTags = false;
    other.knowsTags = false;
    TrackedChain two = new TrackedChain(node, other).started();
    two.pass(Finality.TAG_REST.multipliedBy(3));

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("nothing is final"))
        .containsExactly(
            "main: no node names a finalized block, and there is no finality-depth: nothing is"
                + " final");
  }

  @Test
  void whereADepthIsConfiguredThatDecidesAndTheTagIsForCallers() {
    TrackedChain deep = new TrackedChain(OptionalLong.of(10), node).started();
    assertThat(deep.now().finalized()).isEqualTo(290);
    assertThat(deep.now().finalizedBlock()).isEqualTo(node.chain.get(268));
    assertThat(node.standing.finalized()).isEqualTo(290);
    node.grow(5);
    deep.pass(ROUND);

    assertThat(deep.now().finalized()).isEqualTo(295);
    assertThat(deep.now().finalizedBlock()).isEqualTo(node.chain.get(273));
  }

  @Test
  void aDepthServesANodeWithoutTags() {
    node.knowsTags = false;
    TrackedChain deep = new TrackedChain(OptionalLong.of(10), node).started();

    assertThat(deep.now().finalized()).isEqualTo(290);
    assertThat(deep.now().finalizedBlock()).isNull();
    assertThat(log.list).noneMatch(line -> line.getFormattedMessage().contains("nothing is final"));
  }

  @Test
  void aForkBelowTheDepthIsAReset() {
    TrackedChain deep = new TrackedChain(OptionalLong.of(10), node).started();
    node.chain = Blocks.fork(node.chain, 285, 1, 20);
    deep.poll();

    deep.assertFollows(node.chain);
    assertThat(deep.now().epoch()).isEqualTo(1);
    assertThat(deep.now().finalized()).isEqualTo(295);
  }

  @Test
  void aChainThatIsShorterThanTheDepthHasNothingFinal() {
    FakeNode young = new FakeNode("main#1", Blocks.chain(0, 5));
    TrackedChain deep = new TrackedChain(OptionalLong.of(10), young).started();

    assertThat(deep.now().finalized()).isEqualTo(Snapshot.UNKNOWN);
    young.grow(6);
    deep.poll();
    assertThat(deep.now().finalized()).isEqualTo(1);
  }

  @Test
  void aSafeBlockThatAReorganisationTookAwayIsForgotten() {
    chain.started();
    node.chain = Blocks.fork(node.chain, 280, 1, 25);
    chain.poll();

    assertThat(chain.now().safeBlock()).isNull();
    List<BlockHeader> now = node.chain;
    chain.pass(ROUND);
    assertThat(chain.now().safeBlock()).isEqualTo(now.get(305 - 16));
  }

  @Test
  void aBlockThatTheTagNamedAndThatIsGoneIsNamedNoMore() {
    TrackedChain deep = new TrackedChain(OptionalLong.of(100), node).started();
    assertThat(deep.now().finalizedBlock()).isEqualTo(node.chain.get(268));
    node.chain = Blocks.fork(node.chain, 250, 7, 60);
    deep.poll();

    assertThat(deep.now().head()).isEqualTo(310);
    BlockHeader named = deep.now().finalizedBlock();
    assertThat(named == null || node.chain.contains(named)).isTrue();
  }
}
