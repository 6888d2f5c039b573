package dev.tenfold.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.AskedBlock;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.Node;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeChoiceTest {
  private static final int CALLS = 10_000;

  private static final long HEAD = 200;
  private static final RpcRequest ANY =
      new RpcRequest(
          Methods.named("eth_getTransactionReceipt"),
          new byte[0],
          0,
          0,
          new Belief(HEAD, 100, 0),
          new Caller(),
          0);

  private final Random random = new Random(3);

  private record Fake(
      String name,
      int weight,
      boolean isBackup,
      boolean isWell,
      boolean mayBeTried,
      double latencyNanos,
      long lastSuccessNanos,
      long head,
      boolean follows)
      implements Node {

    static Fake well(String name, double latencyNanos) {
      return new Fake(name, 1, false, true, true, latencyNanos, 0, HEAD, true);
    }

    static Fake lost(String name, long lastSuccessNanos) {
      return new Fake(name, 1, false, false, true, 1, lastSuccessNanos, HEAD, true);
    }

    Fake weighing(int newWeight) {
      return new Fake(
          name,
          newWeight,
          isBackup,
          isWell,
          mayBeTried,
          latencyNanos,
          lastSuccessNanos,
          head,
          follows);
    }

    Fake at(long newHead) {
      return new Fake(
          name,
          weight,
          isBackup,
          isWell,
          mayBeTried,
          latencyNanos,
          lastSuccessNanos,
          newHead,
          follows);
    }

    Fake onAnotherFork() {
      return new Fake(
          name, weight, isBackup, isWell, mayBeTried, latencyNanos, lastSuccessNanos, head, false);
    }

    Fake asBackup() {
      return new Fake(
          name, weight, true, isWell, mayBeTried, latencyNanos, lastSuccessNanos, head, follows);
    }

    @Override
    public Duration rest() {
      return Duration.ZERO;
    }

    @Override
    public Future<RpcReply> call(RpcRequest request, Duration attemptTimeout) {
      throw new UnsupportedOperationException(name);
    }
  }

  private List<Node> choose(Node... nodes) {
    NodeChoice choice = new NodeChoice(List.of(nodes), random::nextInt);
    List<Node> chosen = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Node node = choice.next(List.of(), ANY);
      if (node != null) {
        chosen.add(node);
      }
    }
    return chosen;
  }

  @Test
  void theFasterNodeGetsMostCallsAndTheSlowOneIsStillTriedNowAndThen() {
    Fake fast = Fake.well("fast", 1e6);
    Fake slow = Fake.well("slow", 1e8);

    List<Node> chosen = choose(slow, fast);

    assertThat(Collections.frequency(chosen, slow)).isBetween(50, 200);
    assertThat(Collections.frequency(chosen, fast)).isGreaterThan(9_700);
  }

  @Test
  void weightComesBeforeSpeed() {
    Fake heavy = Fake.well("heavy", 1e8).weighing(3);
    Fake light = Fake.well("light", 1e6);

    List<Node> chosen = choose(heavy, light);

    assertThat(Collections.frequency(chosen, heavy)).isBetween(7_200, 7_800);
  }

  @Test
  void aBackupIsAskedOnlyWhereNoOtherNodeIsWell() {
    Fake primary = Fake.well("primary", 1e9);
    Fake backup = Fake.well("backup", 1e3).asBackup();

    assertThat(choose(backup, primary)).doesNotContain(backup);
    assertThat(choose(backup, Fake.lost("primary", 9))).containsOnly(backup);
    assertThat(
            new NodeChoice(List.of(primary, backup), random::nextInt).next(List.of(primary), ANY))
        .isEqualTo(backup);
  }

  @Test
  void whereNoneIsWellTheOneThatAnsweredLastIsTriedAndABackupAfterIt() {
    Fake early = Fake.lost("early", 1);
    Fake late = Fake.lost("late", 2);
    Fake backup = Fake.lost("backup", 3).asBackup();
    NodeChoice choice = new NodeChoice(List.of(backup, early, late), random::nextInt);

    assertThat(choice.next(List.of(), ANY)).isEqualTo(late);
    assertThat(choice.next(List.of(late), ANY)).isEqualTo(early);
    assertThat(choice.next(List.of(late, early), ANY)).isEqualTo(backup);
    assertThat(choice.next(List.of(late, early, backup), ANY)).isNull();
  }

  @Test
  void aNodeThatIsNotWellIsNotAskedWhileAnotherIs() {
    Fake well = Fake.well("well", 1);
    NodeChoice choice = new NodeChoice(List.of(Fake.lost("lost", 5), well), random::nextInt);

    assertThat(choice.next(List.of(well), ANY)).isNull();
  }

  @Test
  void aBlockIsAskedOnlyOfANodeThatHasIt() {
    Fake behind = Fake.well("behind", 1).at(199);
    Fake ahead = Fake.well("ahead", 1e9);
    NodeChoice choice = new NodeChoice(List.of(behind, ahead), random::nextInt);

    assertThat(choice.next(List.of(), about(200))).isEqualTo(ahead);
    assertThat(choice.next(List.of(ahead), about(200))).isNull();
    assertThat(choice.isSomeoneBehind(List.of(ahead), about(200))).isTrue();
    assertThat(choice.next(List.of(ahead), about(199))).isEqualTo(behind);
    assertThat(choice.isSomeoneBehind(List.of(ahead), about(199))).isFalse();
  }

  @Test
  void aBackupThatHasTheBlockIsAskedRatherThanANodeThatLags() {
    Fake behind = Fake.well("behind", 1).at(199);
    Fake backup = Fake.well("backup", 1).asBackup();
    NodeChoice choice = new NodeChoice(List.of(behind, backup), random::nextInt);

    assertThat(choice.next(List.of(), about(200))).isEqualTo(backup);
    assertThat(choice.next(List.of(), ANY)).isEqualTo(behind);
  }

  @Test
  void whatNamesNoBlockGoesRatherToANodeThatHasReachedTheHead() {
    Fake behind = Fake.well("behind", 1).at(199);
    Fake ahead = Fake.well("ahead", 1e9);
    NodeChoice choice = new NodeChoice(List.of(behind, ahead), random::nextInt);

    assertThat(choice.next(List.of(), ANY)).isEqualTo(ahead);
    assertThat(choice.next(List.of(ahead), ANY)).isEqualTo(behind);
  }

  @Test
  void aNodeOnAnotherForkIsAskedOnlyWhatIsFinal() {
    Fake other = Fake.well("other", 1).onAnotherFork();
    NodeChoice choice = new NodeChoice(List.of(other), random::nextInt);

    assertThat(choice.next(List.of(), about(101))).isNull();
    assertThat(choice.next(List.of(), about(100))).isEqualTo(other);
  }

  @Test
  void aNodeWhoseHeadIsNotKnownYetMayBeAsked() {
    Fake unheard = Fake.well("unheard", 1).at(-1);

    assertThat(new NodeChoice(List.of(unheard), random::nextInt).next(List.of(), about(200)))
        .isEqualTo(unheard);
  }

  private static RpcRequest about(long number) {
    return ANY.about(new AskedBlock(number, null, null));
  }
}
