package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands in the log at three in the morning. */
@Timeout(30)
class NodeLogTest extends OneNode {
  @Test
  void aNodeThatIsOutIsSaidToBeOnceAndOnceToBeBackHoweverManyCallsFailMeanwhile() {
    node.stop();
    for (int i = 0; i < 20; i++) {
      ask(ScriptedNode.Exchange::asWell);
      bench.on(upstream::newest);
    }
    node.restart();
    bench.on(upstream::newest);

    assertThat(bench.said())
        .containsExactly(
            "WARN main#1: NODE_UNREACHABLE, it is asked by a probe only until it is back",
            "INFO main#1 is back");
  }

  @Test
  void aFailureThatIsRepeatedIsSaidOnceInTenSecondsWithItsNumber() {
    for (int i = 0; i < 20; i++) {
      ask(exchange -> exchange.send(500, "oops"));
      ask(ScriptedNode.Exchange::asWell);
    }
    bench.skip(LogPace.QUIET);
    ask(exchange -> exchange.send(500, "oops"));

    assertThat(bench.said())
        .containsExactly(
            "WARN main#1: NODE_HTTP_ERROR",
            "WARN main#1: NODE_HTTP_ERROR, and 19 times more since this was last said");
  }

  @Test
  void aNodeThatComesAndGoesIsSaidToOnceInTenSecondsAndTheLastWordIsTrue() {
    for (int i = 0; i < 5; i++) {
      node.stop();
      bench.on(upstream::newest);
      node.restart();
      bench.on(upstream::newest);
    }
    node.stop();
    bench.on(upstream::newest);
    assertThat(bench.said()).hasSize(2);

    bench.skip(LogPace.QUIET);
    bench.on(upstream::newest);

    assertThat(bench.said()).hasSize(3).last().asString().startsWith("WARN main#1: NODE_");
  }

  @Test
  void aNodeThatComesBackAsAnotherChainIsNotSaidToBeBack() {
    node.stop();
    bench.on(upstream::newest);
    node.chainId = 5;
    node.restart();
    bench.on(upstream::newest);
    bench.on(upstream::newest);
    assertThat(bench.said())
        .hasSize(2)
        .last()
        .isEqualTo("ERROR main#1 is refused: it is a node of chain 5, and main is chain 1");

    node.chainId = 1;
    bench.on(upstream::newest);

    assertThat(bench.said()).hasSize(3).last().isEqualTo("INFO main#1 is back");
  }

  @Test
  void theAddressStandsInNoLogAndNoText() {
    node.stop();
    bench.on(upstream::newest);
    node.restart();
    ask(exchange -> exchange.send(500, "http://127.0.0.1/v2/aVerySecretKey42"));
    ask(ScriptedNode.Exchange::silence);

    assertThat(bench.logged()).isNotEmpty();
    assertThat(String.join("\n", bench.logged()) + upstream)
        .doesNotContain("aVerySecretKey42")
        .doesNotContain(Integer.toString(node.port()));
  }
}
