package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.HeadReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our own calls to a node. */
@Timeout(30)
class NodeProbeTest extends OneNode {
  @Test
  void ourOwnPollsAreCountedApart() {
    bench.heard.clear();
    bench.on(upstream::poll);
    ask(exchange -> exchange.result("1"));

    assertThat(bench.heard).containsExactly("poll main#1 null", "call main#1 null");
  }

  @Test
  void aNodeWithoutTheFinalizedTagHasNothingFinalAndThatIsSaidOnce() {
    ScriptedNode old = bench.scripted();
    old.on("eth_getBlockByNumber", e -> e.error("{\"code\":-32602,\"message\":\"no such tag\"}"));
    Upstream upstreamOfOld = bench.upstream(old);

    for (int head = 1; head < 4; head++) {
      old.head = head;
      assertThat(bench.on(upstreamOfOld::poll)).isEqualTo(new HeadReport(head, -1, ""));
    }
    assertThat(bench.logged())
        .filteredOn(line -> line.contains("names no finalized block"))
        .hasSize(1);
  }

  @Test
  void theFinalBlockIsAskedForOnlyAfterANewHead() {
    int before = node.count("eth_getBlockByNumber");
    bench.on(upstream::poll);
    assertThat(node.count("eth_getBlockByNumber")).isEqualTo(before);

    node.head = 101;
    assertThat(bench.on(upstream::poll)).isEqualTo(new HeadReport(101, 90, "0xf0"));
    assertThat(node.count("eth_getBlockByNumber")).isEqualTo(before + 1);
  }

  @Test
  void anotherHashAtTheFinalBlockIsReportedWhenANodeIsBack() {
    node.stop();
    bench.on(upstream::poll);
    node.finalizedHash = "0xee";
    node.restart();

    assertThat(bench.on(upstream::poll)).isEqualTo(new HeadReport(100, 90, "0xee"));
  }
}
