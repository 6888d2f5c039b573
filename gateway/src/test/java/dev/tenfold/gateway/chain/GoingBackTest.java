package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One address whose head is lower, or another: does it lag, is it a fleet, or was it rewound? */
class GoingBackTest {
  private final List<BlockHeader> full = Blocks.chain(0, 300);
  private final List<BlockHeader> shorter = full.subList(0, 300);
  private final FakeNode node = new FakeNode("main#1", full);
  private final TrackedChain chain = new TrackedChain(node);

  @Test
  void aFleetThatAlternatesBetweenTwoHeadsNeverTakesTheHeadBack() {
    node.fleet(List.of(full, shorter));
    chain.started();
    for (int i = 0; i < 200; i++) {
      chain.poll();
      assertThat(chain.now().head()).isEqualTo(300);
    }

    assertThat(chain.now().generation()).isZero();
  }

  @Test
  void aFleetWhoseMembersAnswerAtRandomDoesNotFlap() {
    Random random = new Random(5);
    HeadSource fleet =
        new HostileSource(node) {
          @Override
          public Future<Said> newest() {
            node.chain = random.nextInt(3) == 0 ? shorter : full;
            return node.newest();
          }

          @Override
          public Future<Said> at(long number) {
            node.chain = random.nextBoolean() ? shorter : full;
            return node.at(number);
          }
        };
    TrackedChain follows = new TrackedChain(fleet).started();
    follows.poll(1_000);

    assertThat(follows.now().head()).isEqualTo(300);
    assertThat(follows.now().generation()).isZero();
  }

  @Test
  void threeHashesForOneNumberAreNoReorganisation() {
    node.fleet(List.of(full, Blocks.fork(full, 299, 1, 1), Blocks.fork(full, 299, 2, 1)));
    chain.started();
    BlockHeader head = chain.now().window().head();
    for (int i = 0; i < 200; i++) {
      chain.poll();
      assertThat(chain.now().window().head()).isEqualTo(head);
    }

    assertThat(chain.now().generation()).isZero();
  }

  @Test
  void aFleetOfWhichMostMembersLagIsStillAtTheHighestHead() {
    node.fleet(List.of(full, shorter, full.subList(0, 298), shorter));
    chain.started();
    chain.poll(200);

    assertThat(chain.now().head()).isEqualTo(300);
    assertThat(node.standing.follows()).isTrue();
  }

  @Test
  void aFleetThatWasRewoundIsFollowedAfterTwelveConfirmations() {
    node.fleet(List.of(full, shorter));
    chain.started();
    chain.poll(4);
    node.fleet(List.of(full.subList(0, 291)));
    node.questions.clear();
    chain.poll();

    assertThat(chain.now().head()).isEqualTo(290);
    assertThat(node.count("at 300")).isEqualTo(Doubt.CONFIRMATIONS_OF_A_FLEET);
  }

  @Test
  void aNodeThatWasSeenAtALowerHeadAndHasOurHeadIsKnownToHaveIt() {
    node.fleet(List.of(full, shorter));
    chain.started();
    chain.poll(7);

    assertThat(node.standing.head()).isEqualTo(300);
  }

  @Test
  void whatComesBetweenTheConfirmationsEndsTheDoubt() {
    chain.started();
    node.chain = shorter;
    HeadSource.Said gone = HeadSource.Said.of(shorter.getLast());
    Promise<HeadSource.Said> second = Promise.promise();
    node.slow = Promise.promise();
    chain.poll();
    Promise<HeadSource.Said> first = node.slow;
    node.slow = second;
    first.complete(gone);
    node.slow = null;
    node.chain = full;
    second.complete(HeadSource.Said.of(full.getLast()));

    assertThat(chain.now().head()).isEqualTo(300);
    assertThat(chain.now().generation()).isZero();
  }

  @Test
  void aNodeThatDoesNotSayWhetherItHasOurHeadTakesNothingBack() {
    HeadSource mute =
        new HostileSource(node) {
          @Override
          public Future<Said> at(long number) {
            return Future.succeededFuture(Said.NOTHING);
          }
        };
    TrackedChain follows = new TrackedChain(mute).started();
    node.chain = shorter;
    follows.poll(20);

    assertThat(follows.now().head()).isEqualTo(300);
  }

  @Test
  void aRewoundChainGrowsAgainOnAnotherFork() {
    chain.started();
    node.chain = full.subList(0, 290);
    chain.poll();
    node.chain = Blocks.grow(node.chain, 3, 20);
    chain.poll();

    chain.assertFollows(node.chain);
    assertThat(chain.now().generation()).isEqualTo(1);
  }
}
