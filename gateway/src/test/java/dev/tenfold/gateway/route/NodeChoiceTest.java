package dev.tenfold.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

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

  private final Random random = new Random(3);

  private record Fake(
      String name,
      int weight,
      boolean isBackup,
      boolean isWell,
      boolean mayBeTried,
      double latencyNanos,
      long lastSuccessNanos)
      implements Node {

    static Fake well(String name, double latencyNanos) {
      return new Fake(name, 1, false, true, true, latencyNanos, 0);
    }

    static Fake lost(String name, long lastSuccessNanos) {
      return new Fake(name, 1, false, false, true, 1, lastSuccessNanos);
    }

    Fake weighing(int newWeight) {
      return new Fake(
          name, newWeight, isBackup, isWell, mayBeTried, latencyNanos, lastSuccessNanos);
    }

    Fake asBackup() {
      return new Fake(name, weight, true, isWell, mayBeTried, latencyNanos, lastSuccessNanos);
    }

    @Override
    public long head() {
      return 100;
    }

    @Override
    public boolean follows() {
      return true;
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
      Node node = choice.next(List.of());
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
    assertThat(new NodeChoice(List.of(primary, backup), random::nextInt).next(List.of(primary)))
        .isEqualTo(backup);
  }

  @Test
  void whereNoneIsWellTheOneThatAnsweredLastIsTriedAndABackupAfterIt() {
    Fake early = Fake.lost("early", 1);
    Fake late = Fake.lost("late", 2);
    Fake backup = Fake.lost("backup", 3).asBackup();
    NodeChoice choice = new NodeChoice(List.of(backup, early, late), random::nextInt);

    assertThat(choice.next(List.of())).isEqualTo(late);
    assertThat(choice.next(List.of(late))).isEqualTo(early);
    assertThat(choice.next(List.of(late, early))).isEqualTo(backup);
    assertThat(choice.next(List.of(late, early, backup))).isNull();
  }

  @Test
  void aNodeThatIsNotWellIsNotAskedWhileAnotherIs() {
    Fake well = Fake.well("well", 1);
    NodeChoice choice = new NodeChoice(List.of(Fake.lost("lost", 5), well), random::nextInt);

    assertThat(choice.next(List.of(well))).isNull();
  }
}
