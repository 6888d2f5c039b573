package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenfold.e2e.JsonRpcClient.Answer;
import dev.tenfold.e2e.ScriptedNode.Reply;
import dev.tenfold.e2e.ScriptedNode.Script;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The built program in front of simulated nodes whose chain moves, reorganises and lags. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class MovingChainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final String ALICE = "\"0x" + "a1".repeat(20) + "\"";

  /** A method that has no form by hash and whose answer names no block: kept once final. */
  private static final String REPLAY = "trace_replayBlockTransactions";

  private static final String BALANCE = "[" + ALICE + ",\"latest\"]";

  private final Setup setup = new Setup();

  @AfterEach
  void stop() {
    setup.close();
  }

  @Test
  void theSecondAskOfTheNewestBlockIsAHitAndAReorganisationEndsIt() {
    SimNodeProcess node = setup.add(SimNodeProcess.start());
    TenfoldProcess tenfold = setup.tenfold(node.url());
    String before = balance(tenfold);
    assertThat(tenfold.call("eth_getBalance", BALANCE).isHit()).isTrue();

    node.reorg(3);

    String after = node.call("eth_getBalance", BALANCE).result();
    assertThat(after).isNotEqualTo(before);
    Eventually.until("the new fork is seen", FRESH, () -> balance(tenfold).equals(after));
    for (int i = 0; i < 20; i++) {
      assertThat(balance(tenfold)).isEqualTo(after);
    }
  }

  @Test
  void aBatchSeesOneBlockThoughTheChainReorganisesBetweenTwoOfItsCalls() {
    SimNodeProcess node = setup.add(SimNodeProcess.start());
    AtomicInteger balances = new AtomicInteger();
    ScriptedNode relay =
        setup
            .scripted()
            .otherwise(to(node.url()))
            .on(
                "eth_getBalance",
                request -> {
                  if (balances.getAndIncrement() == 1) {
                    node.reorg(4);
                    node.mine(1);
                  }
                  return to(node.url()).reply(request);
                });
    TenfoldProcess tenfold = setup.tenfold(relay.url());
    String head = node.hash("latest");
    List<String> calls = new ArrayList<>();
    List<String> right = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String address = "\"0x" + ("b" + i).repeat(20) + "\"";
      calls.add(JsonRpcClient.request("eth_getBalance", "[" + address + ",\"latest\"]"));
      String byHash = "[" + address + ",{\"blockHash\":" + head + "}]";
      right.add(node.call("eth_getBalance", byHash).result());
    }
    calls.add(JsonRpcClient.request("eth_getBlockByNumber", "[\"latest\",false]"));
    calls.add(JsonRpcClient.request("eth_blockNumber", "[]"));

    String body = JsonRpcClient.post(tenfold.url(), "[" + String.join(",", calls) + "]").body();

    List<String> answers = BatchText.members(body);
    for (int i = 0; i < 8; i++) {
      assertThat(RawJson.member(answers.get(i), "result")).isEqualTo(right.get(i));
    }
    assertThat(RawJson.member(RawJson.member(answers.get(8), "result"), "hash")).isEqualTo(head);
    assertThat(RawJson.member(answers.get(9), "result")).isEqualTo("\"0x78\"");
    assertThat(balances.get()).isGreaterThanOrEqualTo(8);
    assertThat(node.hash("0x78")).isNotEqualTo(head);
  }

  @Test
  void blocksThatWereMissedWhileTheGatewayWasStoppedAreThereForTheNextCall() {
    SimNodeProcess node = setup.add(SimNodeProcess.start());
    TenfoldProcess tenfold = setup.tenfold(node.url());
    String before = balance(tenfold);
    tenfold.process().signal("STOP");
    node.reorg(10);
    node.mine(12);
    // longer than the gateway takes for a moment in which it was merely busy
    Eventually.until("two and a half seconds", PATIENCE, new Elapsed(Duration.ofMillis(2_500)));
    tenfold.process().signal("CONT");

    assertThat(balance(tenfold))
        .isNotEqualTo(before)
        .isEqualTo(node.call("eth_getBalance", BALANCE).result());
    assertThat(tenfold.call("eth_blockNumber", "[]").result()).isEqualTo("\"0x84\"");
    assertAllAgree(node, tenfold, 0x70, 0x84);
  }

  @Test
  void blocksThatWereMissedWhileTheNodeWasAwayAreThereOnceItIsBack() {
    SimNodeProcess node = setup.add(SimNodeProcess.start());
    TenfoldProcess tenfold =
        setup.tenfold("limits: { attempt-timeout: 500ms, call-timeout: 2s }\n", node.url());
    balance(tenfold);
    node.process().signal("STOP");
    Answer away = tenfold.call("eth_getBalance", "[" + ALICE + ",\"0x77\"]");
    assertThat(away.hasResult()).isFalse();
    node.process().signal("CONT");
    node.reorg(5);
    node.mine(50);

    Eventually.until(
        "the head is seen",
        PATIENCE,
        () -> tenfold.call("eth_blockNumber", "[]").result().equals("\"0xaa\""));
    assertAllAgree(node, tenfold, 0x6e, 0xaa);
  }

  @Test
  void aFleetBehindOneAddressNeverMakesTheHeadGoBack() {
    SimNodeProcess node = setup.add(SimNodeProcess.start());
    node.call("sim_setLags", "[[0,1]]");
    TenfoldProcess tenfold = setup.tenfold(node.url());
    Eventually.until("the head", PATIENCE, () -> number(tenfold) == 0x78);
    long highest = 0x78;
    for (int i = 0; i < 120; i++) {
      if (i % 40 == 20) {
        node.mine(1);
      }
      long number = number(tenfold);
      assertThat(number).isGreaterThanOrEqualTo(highest);
      highest = number;
      String latest = "[\"0x" + Long.toHexString(number) + "\",false]";
      assertThat(RawJson.member(tenfold.call("eth_getBlockByNumber", latest).result(), "number"))
          .isEqualTo("\"0x" + Long.toHexString(number) + "\"");
    }
    assertThat(highest).isGreaterThanOrEqualTo(0x78);
  }

  @Test
  void oneOfTwoForksIsFollowedAndNeverAMixture() {
    SimNodeProcess one = setup.add(SimNodeProcess.start());
    SimNodeProcess other = setup.add(SimNodeProcess.start());
    assertThat(other.hash("latest")).isEqualTo(one.hash("latest"));
    other.reorg(3);
    TenfoldProcess tenfold = setup.tenfold(one.url(), other.url());

    String followed = SimNodeProcess.hash(block(tenfold, "latest"));
    SimNodeProcess right = followed.equals(one.hash("latest")) ? one : other;
    assertThat(followed).isEqualTo(right.hash("latest"));
    for (int i = 0; i < 60; i++) {
      String address = "\"0x" + "%02x".formatted(i).repeat(20) + "\"";
      String params = "[" + address + ",\"0x" + Integer.toHexString(0x76 + i % 3) + "\"]";
      assertThat(tenfold.call("eth_getBalance", params).result())
          .isEqualTo(right.call("eth_getBalance", params).result());
      assertThat(SimNodeProcess.hash(block(tenfold, "latest"))).isEqualTo(followed);
    }
  }

  @Test
  void aNodeWithoutAFinalizedBlockIsServedAndHitsNearTheHead() {
    SimNodeProcess node = setup.add(SimNodeProcess.start("--no-finality"));
    TenfoldProcess tenfold = setup.tenfold(node.url());
    balance(tenfold);

    assertThat(tenfold.call("eth_getBalance", BALANCE).isHit()).isTrue();
    assertThat(tenfold.call("eth_getBlockByNumber", "[\"finalized\",false]").body())
        .contains("finalized block not found");
    assertThat(keptOf(tenfold, REPLAY, "[\"0x5\",[\"trace\"]]")).isFalse();
    node.reorg(3);
    String after = node.call("eth_getBalance", BALANCE).result();
    Eventually.until("the new fork is seen", FRESH, () -> balance(tenfold).equals(after));
  }

  @Test
  void withAFinalityDepthWhatIsDeepEnoughIsKept() {
    SimNodeProcess node = setup.add(SimNodeProcess.start("--no-finality"));
    TenfoldProcess tenfold =
        setup.tenfold(
            """
            chains:
              sim:
                finality-depth: 20
                upstreams: [ { url: "%s" } ]
            """
                .formatted(node.url()));

    Eventually.until(
        "a trace 20 blocks deep is kept",
        PATIENCE,
        () -> keptOf(tenfold, REPLAY, "[\"0x64\",[\"trace\"]]"));
    assertThat(keptOf(tenfold, REPLAY, "[\"0x65\",[\"trace\"]]")).isFalse();
  }

  @Test
  void aChainThatWasResetIsFollowedFromItsFirstBlockOn() {
    SimNodeProcess node = setup.add(SimNodeProcess.start());
    TenfoldProcess tenfold = setup.tenfold(node.url());
    String old = "[" + ALICE + ",\"0x5\"]";
    String before = tenfold.call("eth_getBalance", old).result();
    Eventually.until("it is kept", PATIENCE, () -> tenfold.call("eth_getBalance", old).isHit());

    node.call("sim_reset", "[]");

    String after = node.call("eth_getBalance", old).result();
    assertThat(after).isNotEqualTo(before);
    Eventually.until(
        "the reset is seen",
        PATIENCE,
        () -> tenfold.call("eth_getBalance", old).result().equals(after));
    assertAllAgree(node, tenfold, 0x70, 0x78);
    assertThat(tenfold.printed()).contains("reset");
  }

  /** True if the second of two equal calls is a hit. */
  private static boolean keptOf(TenfoldProcess tenfold, String method, String params) {
    tenfold.call(method, params);
    return tenfold.call(method, params).isHit();
  }

  private static void assertAllAgree(
      SimNodeProcess node, TenfoldProcess tenfold, int from, int to) {
    for (int number = from; number <= to; number++) {
      String hex = "0x" + Integer.toHexString(number);
      String params = "[" + ALICE + ",\"" + hex + "\"]";
      assertThat(SimNodeProcess.hash(block(tenfold, hex))).isEqualTo(node.hash(hex));
      for (int i = 0; i < 2; i++) {
        assertThat(tenfold.call("eth_getBalance", params).result())
            .isEqualTo(node.call("eth_getBalance", params).result());
      }
    }
  }

  private static String balance(TenfoldProcess tenfold) {
    return tenfold.call("eth_getBalance", BALANCE).result();
  }

  private static long number(TenfoldProcess tenfold) {
    return Long.decode(tenfold.call("eth_blockNumber", "[]").result().replace("\"", ""));
  }

  private static Answer block(TenfoldProcess tenfold, String block) {
    return tenfold.call("eth_getBlockByNumber", "[\"" + block + "\",false]");
  }

  /** Passes a request on, and brings the answer back. */
  private static Script to(URI node) {
    return (JsonNode request) -> Reply.of(JsonRpcClient.post(node, request.toString()).body());
  }

  /** True once so much time is over. */
  private static final class Elapsed implements Eventually.Condition {
    private final long end;

    private Elapsed(Duration time) {
      end = System.nanoTime() + time.toNanos();
    }

    @Override
    public boolean holds() {
      return System.nanoTime() - end >= 0;
    }
  }
}
