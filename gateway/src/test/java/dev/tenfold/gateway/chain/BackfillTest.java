package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The window grows downwards: at the start, and where a caller asks. */
class BackfillTest {
  private final FakeNode node = new FakeNode("main#1", Blocks.chain(0, 9_000));

  private TrackedChain started() {
    return new TrackedChain(node).started();
  }

  @Test
  void theFirstBlocksBelowTheHeadAreFetchedInOneRequest() {
    TrackedChain chain = started();

    assertThat(chain.now().window().floor()).isEqualTo(9_000 - Backfill.AT_THE_START);
    assertThat(node.questions).containsOnlyOnce("range 8872 8999");
    assertThat(node.count("range")).isEqualTo(1);
  }

  @Test
  void aYoungChainIsKnownWhole() {
    node.chain = Blocks.chain(0, 10);
    TrackedChain chain = started();

    assertThat(chain.now().window().size()).isEqualTo(11);
    chain.assertFollows(node.chain);
  }

  @Test
  void whoAsksAboutAnOlderBlockThatIsNotFinalHasTheWindowMadeLonger() {
    node.finalDistance = 1_000;
    TrackedChain chain = started();
    chain.tracker.want(8_400);

    assertThat(chain.now().window().floor()).isEqualTo(8_400);
    assertThat(chain.now().block(8_400)).isEqualTo(node.chain.get(8_400));
    assertThat(node.count("range")).isEqualTo(1 + 4);
    chain.checkInvariants();
  }

  @Test
  void nothingIsFetchedForWhatIsFinalOrTooOldOrAboveTheFloor() {
    TrackedChain chain = started();
    chain.tracker.want(8_500);
    chain.tracker.want(8_900);
    chain.tracker.want(9_100);
    chain.tracker.want(-1);
    node.finalDistance = 9_000;
    TrackedChain deep = started();
    deep.tracker.want(9_000 - Window.LIMIT);

    assertThat(node.count("range")).isEqualTo(2);
  }

  @Test
  void theWindowIsNeverLargerThanItsLimit() {
    node.finalDistance = 9_000;
    TrackedChain chain = started();
    chain.tracker.want(9_000 - Window.LIMIT + 1);

    assertThat(chain.now().window().size()).isEqualTo(Window.LIMIT);
    node.grow(5);
    chain.poll();
    assertThat(chain.now().window().size()).isEqualTo(Window.LIMIT);
    chain.checkInvariants();
  }

  @Test
  void oneRequestIsUnderWayAtATime() {
    node.finalDistance = 9_000;
    Promise<List<BlockHeader>> answer = Promise.promise();
    TrackedChain chain =
        new TrackedChain(
                new HostileSource(node) {
                  @Override
                  public Future<List<BlockHeader>> range(long from, long to) {
                    node.questions.add("range " + from + " " + to);
                    return answer.future();
                  }
                })
            .started();
    chain.tracker.want(8_000);
    chain.tracker.want(7_000);
    chain.poll(5);

    assertThat(node.count("range")).isEqualTo(1);
    assertThat(chain.now().head()).isEqualTo(9_000);
  }

  @Test
  void aNodeThatTakesNoBatchesIsNotAskedAgainAndAgain() {
    node.takesBatches = false;
    node.finalDistance = 9_000;
    TrackedChain chain = started();
    for (int i = 0; i < 50; i++) {
      chain.tracker.want(8_000);
    }
    assertThat(node.count("range")).isEqualTo(1);
    assertThat(chain.now().window().size()).isEqualTo(1);

    node.takesBatches = true;
    chain.pass(Backfill.REST);
    chain.tracker.want(8_900);
    assertThat(chain.now().window().floor()).isEqualTo(8_900);
  }

  @Test
  void blocksOfAnotherForkAreNotTaken() {
    List<BlockHeader> wrong = Blocks.chain(3, 9_000);
    TrackedChain chain =
        new TrackedChain(
                new HostileSource(node) {
                  @Override
                  public Future<List<BlockHeader>> range(long from, long to) {
                    return Future.succeededFuture(wrong.subList((int) from, (int) to + 1));
                  }
                })
            .started();

    assertThat(chain.now().window().size()).isEqualTo(1);
    assertThat(chain.now().head()).isEqualTo(9_000);
  }
}
