package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Snapshot;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which fork is followed where the nodes are on several, and what each node is told. */
class SeveralNodesTest {
  private final List<BlockHeader> base = Blocks.chain(0, 300);
  private final FakeNode first = new FakeNode("main#1", base);
  private final FakeNode second = new FakeNode("main#2", base);
  private final FakeNode third = new FakeNode("main#3", base);
  private final TrackedChain chain = new TrackedChain(first, second, third).started();

  private static List<BlockHeader> grow(List<BlockHeader> chain, int fork, int blocks) {
    return Blocks.grow(chain, fork, blocks);
  }

  @Test
  void oneNodeThatIsAheadIsFollowedAndTheOthersAreKnownToLag() {
    first.chain = grow(base, 0, 2);
    chain.poll();

    chain.assertFollows(first.chain);
    assertThat(first.standing.head()).isEqualTo(302);
    assertThat(second.standing.head()).isEqualTo(300);
    assertThat(second.standing.follows()).isTrue();
    assertThat(second.count("at")).isZero();
  }

  @Test
  void theForkWithMoreNodesWins() {
    first.chain = grow(base, 1, 1);
    chain.poll();
    chain.assertFollows(first.chain);
    second.chain = grow(base, 2, 2);
    third.chain = grow(base, 2, 2);
    first.chain = grow(first.chain, 1, 1);
    chain.poll();

    chain.assertFollows(second.chain);
    assertThat(chain.now().generation()).isEqualTo(1);
    assertThat(first.standing.follows()).isFalse();
    assertThat(first.standing.head()).isEqualTo(300);
    assertThat(third.standing.follows()).isTrue();
    assertThat(third.standing.head()).isEqualTo(302);
  }

  @Test
  void weightCountsForMoreThanNumber() {
    first.weight = 3;
    first.chain = grow(base, 1, 1);
    chain.poll();
    second.chain = grow(base, 2, 2);
    third.chain = grow(base, 2, 2);
    first.chain = grow(first.chain, 1, 1);
    chain.poll(20);

    chain.assertFollows(first.chain);
    assertThat(chain.now().generation()).isZero();
    assertThat(second.standing.follows()).isFalse();
  }

  @Test
  void aTieKeepsTheForkThatIsFollowed() {
    third.down = true;
    chain.poll(4);
    first.chain = grow(base, 1, 1);
    chain.poll();
    second.chain = grow(base, 2, 1);
    chain.poll();
    for (int i = 0; i < 20; i++) {
      first.chain = grow(first.chain, 1, 1);
      second.chain = grow(second.chain, 2, 1);
      chain.poll();
      chain.assertFollows(first.chain);
    }

    assertThat(chain.now().generation()).isZero();
    assertThat(second.standing.head()).isEqualTo(300);
  }

  @Test
  void atOneHeightTheForkWithMoreNodesWinsWhenTheyHaveDeniedOurs() {
    first.chain = grow(base, 1, 1);
    chain.poll();
    second.chain = grow(base, 2, 1);
    third.chain = grow(base, 2, 1);
    chain.poll();

    chain.assertFollows(second.chain);
    assertThat(chain.now().generation()).isEqualTo(1);
    assertThat(second.count("at 301") + third.count("at 301")).isEqualTo(3);
    chain.poll(20);
    assertThat(chain.now().generation()).isEqualTo(1);
  }

  @Test
  void anotherBlockAtTheHeightOfOurHeadTakesNothingAwayWhereTheForksWeighTheSame() {
    third.chain = base.subList(0, 290);
    first.chain = grow(base, 1, 1);
    chain.poll();
    second.chain = grow(base, 2, 1);
    chain.poll(20);

    chain.assertFollows(first.chain);
    assertThat(chain.now().generation()).isZero();
  }

  @Test
  void theForkThatOutgrowsTheOtherWins() {
    first.chain = grow(base, 1, 1);
    chain.poll();
    second.chain = grow(base, 2, 3);
    chain.poll();

    chain.assertFollows(second.chain);
    assertThat(first.standing.follows()).isFalse();
  }

  @Test
  void aNodeOnAnotherForkThatComesBackFollowsAgain() {
    first.chain = grow(base, 1, 3);
    second.chain = grow(base, 2, 3);
    third.chain = first.chain;
    chain.poll();
    assertThat(second.standing.follows()).isFalse();
    second.chain = first.chain;
    chain.poll();

    assertThat(second.standing.follows()).isTrue();
    assertThat(second.standing.head()).isEqualTo(303);
  }

  @Test
  void aNodeThatMerelyLagsHasNoSayWhenTheOtherIsGone() {
    third.down = true;
    first.chain = grow(base, 0, 3);
    chain.poll();
    first.down = true;
    chain.poll(20);

    assertThat(chain.now().head()).isEqualTo(303);
    assertThat(second.count("at 303")).isZero();
    second.chain = grow(base, 0, 4);
    chain.poll();
    assertThat(chain.now().head()).isEqualTo(304);
    assertThat(chain.now().generation()).isZero();
  }

  @Test
  void whereAllNodesWereRewoundTheChainGoesBack() {
    first.chain = base.subList(0, 296);
    second.chain = base.subList(0, 296);
    third.chain = base.subList(0, 296);
    chain.poll(2);

    assertThat(chain.now().head()).isEqualTo(295);
    assertThat(chain.now().generation()).isEqualTo(1);
  }

  @Test
  void whileOneNodeStillHasOurHeadNothingGoesBack() {
    first.chain = base.subList(0, 296);
    second.chain = base.subList(0, 296);
    chain.poll(20);

    assertThat(chain.now().head()).isEqualTo(300);
  }

  @Test
  void oneNodeThatWasResetIsLeftAsideByTheOthers() {
    second.chain = Blocks.chain(9, 310);
    for (int i = 0; i < 10; i++) {
      first.grow(1);
      third.grow(1);
      second.chain = grow(second.chain, 9, 1);
      chain.poll();
    }

    chain.assertFollows(first.chain);
    assertThat(chain.now().epoch()).isZero();
    assertThat(second.standing.head()).isEqualTo(Snapshot.UNKNOWN);
    assertThat(second.standing.follows()).isFalse();
  }

  @Test
  void aNodeThatFellBelowTheWindowIsNotTakenForOneThatLags() {
    second.chain = Blocks.chain(9, 20);
    chain.poll(3);

    chain.assertFollows(first.chain);
    assertThat(second.standing.follows()).isFalse();
    assertThat(second.standing.head()).isEqualTo(Snapshot.UNKNOWN);
  }

  @Test
  void whereAllNodesWereResetTheChainIs() {
    first.chain = Blocks.chain(9, 20);
    second.chain = first.chain;
    third.chain = first.chain;
    chain.poll(2);

    chain.assertFollows(first.chain);
    assertThat(chain.now().epoch()).isEqualTo(1);
    assertThat(second.standing.follows()).isTrue();
  }

  @Test
  void aNodeThatHangsWhileItsForkIsLookedIntoHoldsUpNobody() {
    Promise<HeadSource.Said> never = Promise.promise();
    HeadSource hangs =
        new HostileSource(second) {
          @Override
          public io.vertx.core.Future<Said> with(dev.tenfold.gateway.evm.BlockHash hash) {
            return never.future();
          }
        };
    TrackedChain two = new TrackedChain(first, hangs).started();
    second.takesBatches = false;
    second.chain = Blocks.fork(base, 290, 1, 30);
    two.poll();
    for (int i = 0; i < 5; i++) {
      first.grow(1);
      two.poll();
      assertThat(two.now().head()).isEqualTo(first.chain.size() - 1);
    }
  }

  @Test
  void aNodeThatDoesNotAnswerAQuestionHoldsUpNobody() {
    Promise<HeadSource.Said> never = Promise.promise();
    second.slow = never;
    for (int i = 0; i < 5; i++) {
      first.grow(1);
      chain.poll();
      assertThat(chain.now().head()).isEqualTo(first.chain.size() - 1);
    }
  }

  @Test
  void aNewNodeThatIsFarBehindIsKnownToBe() {
    FakeNode syncing = new FakeNode("main#2", base.subList(0, 20));
    FakeNode well = new FakeNode("main#1", base);
    TrackedChain follows = new TrackedChain(syncing, well).started();
    follows.poll(3);

    follows.assertFollows(base);
    assertThat(syncing.standing.head()).isEqualTo(19);
    assertThat(well.standing.head()).isEqualTo(300);
    well.down = true;
    follows.poll(10);
    assertThat(follows.now().head()).isEqualTo(300);
  }
}
