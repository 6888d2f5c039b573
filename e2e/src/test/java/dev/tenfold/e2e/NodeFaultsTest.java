package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real nodes that freeze, die and come back, behind the real program. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class NodeFaultsTest {
  private static final String CONFIGURATION =
      """
      limits:
        attempt-timeout: 500ms
        call-timeout: 3s
      """;
  private static final Duration ATTEMPT = Duration.ofMillis(500);
  private static final Duration A_LITTLE = Duration.ofMillis(500);
  private static final Duration CALL = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String NEVER_KEPT =
      "[\"0x70997970c51812dc3a010c7d01b50e0d17dc79c8\",\"latest\"]";

  private final Setup setup = new Setup();

  @AfterEach
  void stop() {
    setup.close();
  }

  @Test
  void noCallTakesMuchMoreThanOneAttemptWhileOneOfTwoNodesIsFrozen() {
    AnvilProcess frozen = setup.anvil();
    AnvilProcess well = setup.anvil();
    TenfoldProcess tenfold = setup.tenfold(CONFIGURATION, frozen.url(), well.url());
    warmUp(tenfold);
    frozen.process().signal("STOP");
    int waited = 0;
    for (int i = 0; i < 60; i++) {
      Duration took = timeOfAnAnsweredCall(tenfold);
      assertThat(took).isLessThan(ATTEMPT.plus(A_LITTLE));
      waited += took.compareTo(ATTEMPT) >= 0 ? 1 : 0;
    }
    assertThat(waited)
        .as("calls that waited, until the node was known to be silent")
        .isLessThanOrEqualTo(2);
    frozen.process().signal("CONT");
    well.process().signal("KILL");
    Duration back = Eventually.until("the thawed node is asked", PATIENCE, () -> answers(tenfold));
    assertThat(back).isLessThan(Duration.ofMillis(2_500));
  }

  @Test
  void noCallFailsWhenANodeIsKilledUnderLoad() {
    AnvilProcess killed = setup.anvil();
    TenfoldProcess tenfold = setup.tenfold(CONFIGURATION, killed.url(), setup.anvil().url());
    warmUp(tenfold);
    AtomicBoolean going = new AtomicBoolean(true);
    List<CompletableFuture<List<String>>> load = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      load.add(CompletableFuture.supplyAsync(() -> failures(tenfold, going)));
    }
    for (int i = 0; i < 50; i++) {
      timeOfAnAnsweredCall(tenfold);
    }
    killed.process().signal("KILL");
    for (int i = 0; i < 200; i++) {
      timeOfAnAnsweredCall(tenfold);
    }
    going.set(false);
    assertThat(load).allSatisfy(failures -> assertThat(failures.join()).isEmpty());
  }

  @Test
  void whatIsKeptIsServedWhileAllNodesAreDownAndTheRestFailsInItsTime() {
    AnvilProcess anvil = setup.anvil();
    anvil.mine(8);
    TenfoldProcess tenfold = setup.tenfold(CONFIGURATION, anvil.url());
    String block = "[\"0x2\",true]";
    Eventually.until(
        "block 2 is kept", PATIENCE, () -> tenfold.call("eth_getBlockByNumber", block).isHit());
    String kept = tenfold.call("eth_getBlockByNumber", block).body();
    anvil.process().signal("KILL");
    anvil.process().awaitExit(PATIENCE);

    for (int i = 0; i < 3; i++) {
      JsonRpcClient.Answer hit = tenfold.call("eth_getBlockByNumber", block);
      assertThat(hit.body()).isEqualTo(kept);
      assertThat(hit.isHit()).isTrue();
      long start = System.nanoTime();
      JsonRpcClient.Answer failed = tenfold.call("eth_getBalance", NEVER_KEPT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CALL.plus(A_LITTLE));
      assertThat(failed.status()).isEqualTo(503);
      assertThat(failed.body()).contains("-32603").doesNotContain("" + anvil.port());
    }

    setup.add(AnvilProcess.start(anvil.port()));
    Duration back = Eventually.until("service is back", PATIENCE, () -> answers(tenfold));
    assertThat(back).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void theProgramStartsBeforeItsNodeAndIsReadyOnceTheNodeIsThere() {
    int port = Ports.free();
    TenfoldProcess tenfold = setup.add(TenfoldProcess.launched("", Ports.url(port)));
    Eventually.until(
        "it is alive", Duration.ofSeconds(20), () -> JsonRpcClient.status(tenfold.live()) == 200);
    assertThat(tenfold.isReady()).isFalse();
    assertThat(tenfold.call("eth_chainId", "[]").status()).isEqualTo(503);
    setup.add(AnvilProcess.start(port));
    Duration ready = Eventually.until("it is ready", PATIENCE, tenfold::isReady);
    assertThat(ready).isLessThan(Duration.ofSeconds(5));
    assertThat(tenfold.call("eth_chainId", "[]").result()).isEqualTo("\"0x7a69\"");
  }

  private static void warmUp(TenfoldProcess tenfold) {
    for (int i = 0; i < 50; i++) {
      assertThat(answers(tenfold)).isTrue();
    }
  }

  private static Duration timeOfAnAnsweredCall(TenfoldProcess tenfold) {
    long start = System.nanoTime();
    assertThat(answers(tenfold)).isTrue();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static List<String> failures(TenfoldProcess tenfold, AtomicBoolean going) {
    List<String> failures = new ArrayList<>();
    while (going.get()) {
      JsonRpcClient.Answer answer = tenfold.call("eth_getBalance", NEVER_KEPT);
      if (!answer.hasResult()) {
        failures.add(answer.body());
      }
    }
    return failures;
  }

  private static boolean answers(TenfoldProcess tenfold) {
    return tenfold.call("eth_getBalance", NEVER_KEPT).hasResult();
  }
}
