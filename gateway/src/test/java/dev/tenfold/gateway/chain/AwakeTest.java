package dev.tenfold.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the nodes are asked, and whether what is known is of now. */
class AwakeTest {
  private final FakeNode node = new FakeNode("main#1", Blocks.chain(0, 300));
  private final FakeNode other = new FakeNode("main#2", Blocks.chain(0, 300));
  private final TrackedChain chain = new TrackedChain(node);

  private static boolean isAwake(TrackedChain chain) {
    return chain.tracker.awake(chain.ticker.nanos());
  }

  @Test
  void aChainThatIsAskedForIsAwakeAllTheTime() {
    chain.started();
    for (int i = 0; i < 300; i++) {
      chain.pass(Duration.ofMillis(400));
      assertThat(isAwake(chain)).isTrue();
    }
  }

  @Test
  void aChainThatNobodyAsksForIsLookedAtEveryTenSeconds() {
    chain.started();
    chain.ticker.advance(Attention.IDLE_AFTER.plusSeconds(10));
    assertThat(isAwake(chain)).isFalse();
    long asked = node.count("newest");
    chain.ticker.advance(Duration.ofMinutes(5));

    assertThat(node.count("newest") - asked).isEqualTo(30);
  }

  @Test
  void whoWakesAnIdleChainWaitsForOnePollAndThenItIsAwake() {
    chain.started();
    chain.ticker.advance(Duration.ofSeconds(95));
    node.grow(3);
    Future<Void> awake = chain.tracker.wake();

    assertThat(awake.succeeded()).isTrue();
    assertThat(chain.now().head()).isEqualTo(303);
    assertThat(isAwake(chain)).isTrue();
    long asked = node.count("newest");
    chain.pass(Duration.ofSeconds(10));
    assertThat(node.count("newest") - asked).isGreaterThan(9);
  }

  @Test
  void allWhoWakeItAtATimeShareOneQuestion() {
    chain.started();
    chain.ticker.advance(Duration.ofSeconds(95));
    Promise<HeadSource.Said> answer = Promise.promise();
    node.slow = answer;
    long asked = node.count("newest");
    Future<Void> one = chain.tracker.wake();
    Future<Void> two = chain.tracker.wake();
    assertThat(one.isComplete()).isFalse();
    assertThat(two.isComplete()).isFalse();
    assertThat(isAwake(chain)).isFalse();

    answer.complete(HeadSource.Said.of(node.chain.getLast()));
    assertThat(one.succeeded()).isTrue();
    assertThat(two.succeeded()).isTrue();
    assertThat(isAwake(chain)).isTrue();
    assertThat(node.count("newest") - asked).isEqualTo(1);
    assertThat(chain.tracker.wake().succeeded()).isTrue();
  }

  @Test
  void whoWakesItWaitsASecondAtMost() {
    chain.started();
    chain.ticker.advance(Duration.ofSeconds(95));
    node.slow = Promise.promise();
    Future<Void> awake = chain.tracker.wake();
    chain.ticker.advance(HeadTracker.PATIENCE.minusMillis(1));
    assertThat(awake.isComplete()).isFalse();
    chain.ticker.advance(Duration.ofMillis(1));

    assertThat(awake.succeeded()).isTrue();
    assertThat(isAwake(chain)).isTrue();
  }

  @Test
  void aDeadNodeMakesNobodyWait() {
    TrackedChain two = new TrackedChain(node, other).started();
    other.down = true;
    two.poll(5);
    assertThat(isAwake(two)).isTrue();
    two.ticker.advance(Duration.ofSeconds(95));
    other.slow = Promise.promise();
    Future<Void> awake = two.tracker.wake();

    assertThat(awake.succeeded()).isTrue();
  }

  @Test
  void aChainWhoseOnlyNodeIsDeadIsAwake() {
    chain.started();
    node.down = true;
    for (int i = 0; i < 50; i++) {
      chain.poll();
      assertThat(isAwake(chain)).isTrue();
    }
  }

  @Test
  void afterTheProcessStoodStillTheChainIsNotAwakeUntilTheNodesWereAsked() {
    chain.started();
    chain.poll(5);
    chain.ticker.freeze(Duration.ofSeconds(30));
    node.grow(50);
    assertThat(isAwake(chain)).isFalse();
    Future<Void> awake = chain.tracker.wake();

    assertThat(awake.succeeded()).isTrue();
    assertThat(chain.now().head()).isEqualTo(350);
    assertThat(chain.now().block(325)).isEqualTo(node.chain.get(325));
    assertThat(isAwake(chain)).isTrue();
  }

  @Test
  void theTimerItselfNoticesThatTheProcessStoodStill() {
    chain.started();
    chain.poll(5);
    chain.ticker.freeze(Duration.ofSeconds(30));
    Promise<HeadSource.Said> answer = Promise.promise();
    node.slow = answer;
    chain.ticker.advance(Duration.ofMillis(1));
    assertThat(isAwake(chain)).isFalse();
    answer.complete(HeadSource.Said.of(node.chain.getLast()));

    assertThat(isAwake(chain)).isTrue();
  }

  @Test
  void aQuestionFromBeforeTheStandstillIsNotTheAnswerOfNow() {
    chain.started();
    Promise<HeadSource.Said> before = Promise.promise();
    HeadSource.Said old = HeadSource.Said.of(node.chain.getLast());
    node.slow = before;
    chain.poll(1);
    chain.ticker.freeze(Duration.ofSeconds(30));
    Future<Void> awake = chain.tracker.wake();
    node.slow = null;
    node.grow(5);
    before.complete(old);

    assertThat(awake.succeeded()).isTrue();
    assertThat(chain.now().head()).isEqualTo(305);
  }

  @Test
  void aSuspicionHasTheNodesAskedAtOnceOncePerTime() {
    chain.started();
    node.grow(1);
    chain.tracker.suspect();
    assertThat(chain.now().head()).isEqualTo(301);
    chain.ticker.advance(Rhythm.DENSE);

    Promise<HeadSource.Said> answer = Promise.promise();
    node.slow = answer;
    long before = node.count("newest");
    chain.tracker.suspect();
    chain.tracker.suspect();
    assertThat(node.count("newest") - before).isEqualTo(1);
    node.slow = null;
    answer.complete(HeadSource.Said.of(node.chain.getLast()));
    chain.tracker.suspect();
    assertThat(node.count("newest") - before).isEqualTo(1);
    chain.ticker.advance(Rhythm.DENSE);
    long rested = node.count("newest");
    chain.tracker.suspect();
    assertThat(node.count("newest") - rested).isEqualTo(1);
  }

  @Test
  void beforeTheStartNobodyWaits() {
    chain.tracker.suspect();
    assertThat(isAwake(chain)).isFalse();
    assertThat(chain.tracker.wake().succeeded()).isTrue();
    assertThat(node.questions).isEmpty();
  }
}
