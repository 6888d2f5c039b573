package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.answer;
import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ChainDerivationTest {
  private static final String[] QUESTIONS = {
    "{'jsonrpc':'2.0','id':1,'method':'eth_getBlockByNumber','params':['latest',true]}",
    "{'jsonrpc':'2.0','id':2,'method':'eth_getBlockReceipts','params':['0x40']}",
    "{'jsonrpc':'2.0','id':3,'method':'eth_getLogs','params':[{'fromBlock':'earliest'}]}",
    "{'jsonrpc':'2.0','id':4,'method':'eth_feeHistory','params':['0x8','latest',[10,90]]}",
    "{'jsonrpc':'2.0','id':5,'method':'debug_traceBlockByNumber','params':['0x20']}",
    "{'jsonrpc':'2.0','id':6,'method':'eth_call','params':[{'to':'0x"
        + "11".repeat(20)
        + "','data':'0x12345678'},'latest']}"
  };

  @Test
  void equalSeedsGiveEqualBytes() {
    SimNode one = node();
    SimNode other = node();
    for (SimNode node : new SimNode[] {one, other}) {
      node.chain().mine(3);
      node.chain().reorg(5);
    }

    for (String question : QUESTIONS) {
      assertThat(answer(one, question)).isEqualTo(answer(other, question));
    }
  }

  @Test
  void anotherSeedGivesAnotherChain() {
    SimNode other = node(still().seed(2).build());

    for (String question : QUESTIONS) {
      assertThat(answer(node(), question)).isNotEqualTo(answer(other, question));
    }
  }

  @Test
  void aBlockIsDerivedAgainAsItWas() {
    SimNodeOptions options = still().startBlocks(2_500).build();
    SimNode node = node(options);
    SimulatedChain chain = node.chain();
    BlockRef early = chain.snapshot().byNumber(7);

    assertThat(early).isNotNull();
    assertThat(chain.snapshot().block(early).hash()).isEqualTo(early.hash());
  }

  @Test
  void hashesAreThoseOfTheHeadersAndParentsLink() {
    ChainSnapshot chain = node().chain().snapshot();

    String parent = "0x" + "0".repeat(64);
    for (long number = 0; number <= 120; number++) {
      Block block = SimNodes.block(chain, number);
      assertThat(Keccak.hex(block.header().encoded())).isEqualTo(block.hash());
      assertThat(block.header().parentHash()).isEqualTo(parent);
      assertThat(block.receipts().size()).isBetween(number == 0 ? 0 : 1, number == 0 ? 0 : 8);
      parent = block.hash();
    }
    assertThat(chain.head().hash()).isEqualTo(parent);
  }

  @Test
  void theBloomContainsEachAddressAndTopic() {
    SimNode node = node();
    int seen = 0;
    for (JsonNode log : call(node, "eth_getLogs", "[{'fromBlock':'0x0'}]")) {
      JsonNode block = call(node, "eth_getBlockByHash", "[" + log.path("blockHash") + "]");
      byte[] bloom = Hex.bytes(block.path("logsBloom").asText());
      assertThat(Bloom.mayContain(bloom, Hex.bytes(log.path("address").asText()))).isTrue();
      for (JsonNode topic : log.path("topics")) {
        assertThat(Bloom.mayContain(bloom, Hex.bytes(topic.asText()))).isTrue();
      }
      seen++;
    }
    assertThat(seen).isGreaterThan(100);
  }
}
