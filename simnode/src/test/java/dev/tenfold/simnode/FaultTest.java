package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.answer;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.simnode.Fault.Kind;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final String CHAIN = "{'jsonrpc':'2.0','id':1,'method':'eth_chainId'}";
  private static final String NET = "{'jsonrpc':'2.0','id':2,'method':'net_version'}";

  private final SimNode node = node();

  @Test
  void aFaultOfAMethodLeavesTheOthersOfABatchAlone() {
    node.addFault(Fault.once(Kind.NULL_RESULT).onMethod("net_version"));

    assertThat(answer(node, "[" + CHAIN + "," + NET + "]"))
        .isEqualTo(
            "[{'jsonrpc':'2.0','id':1,'result':'0x539'},{'jsonrpc':'2.0','id':2,'result':null}]");
    assertThat(node.calls().last())
        .extracting(CallLog.Seen::fault)
        .containsExactly(null, Kind.NULL_RESULT);
  }

  @Test
  void aBatchMayHaveAnAnswerTwice() {
    node.addFault(Fault.once(Kind.DUPLICATED));

    assertThat(answer(node, "[" + CHAIN + "]"))
        .isEqualTo(
            "[{'jsonrpc':'2.0','id':1,'result':'0x539'},{'jsonrpc':'2.0','id':1,'result':'0x539'}]");
  }

  @Test
  void aFaultIsGoneAfterItsTimes() {
    node.addFault(Fault.always(Kind.EMPTY).times(2));

    assertThat(answer(node, CHAIN)).isEmpty();
    assertThat(answer(node, CHAIN)).isEmpty();
    assertThat(answer(node, CHAIN)).isNotEmpty();
  }

  @Test
  void theFailRateIsAboutThatOfTheRequests() {
    SimNode failing = node(still().failRate(0.2).build());
    int failed = 0;
    for (int i = 0; i < 1_000; i++) {
      if (answer(failing, CHAIN).startsWith("<html>")) {
        failed++;
      }
    }
    assertThat(failed).isBetween(150, 250);
  }

  @Test
  void inProcessAMissingAnswerIsAnException() {
    node.addFault(Fault.once(Kind.SILENCE));

    assertThatThrownBy(() -> answer(node, CHAIN)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void theDelayIsTheLatencyAndSomeOfTheJitter() {
    SimNode slow =
        node(still().latency(Duration.ofMillis(100)).jitter(Duration.ofMillis(50)).build());
    byte[] body = CHAIN.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

    for (int i = 0; i < 100; i++) {
      assertThat(slow.exchange(body).delay())
          .isBetween(Duration.ofMillis(100), Duration.ofMillis(150));
    }
    assertThat(slow.exchange(body).delay()).isNotEqualTo(slow.exchange(body).delay());
  }

  @Test
  void optionsAndFaultsThatBreakARuleAreRefused() {
    assertThatThrownBy(() -> still().failRate(1.5).build())
        .hasMessage("failRate 1.5: must be from 0 to 1");
    assertThatThrownBy(() -> still().chainId(0).build()).hasMessage("chainId 0: must be 1 or more");
    assertThatThrownBy(() -> Fault.once(Kind.DROP).times(0))
        .hasMessage("times 0: must be 1 or more");
  }
}
