package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.answer;
import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Chains that part, fleets on several of them, and what nodes still know of orphans. */
class ForkTest {
  private final SimNode node = node();

  @Test
  void twoForksShareWhatWasBeforeAndNothingAfter() {
    SimulatedChain other = node.chain().fork();
    SimNode beside = new SimNode(other, still().build());
    node.chain().mine(3);
    other.mine(5);

    assertThat(hash(beside, "0x78")).isEqualTo(hash(node, "0x78"));
    assertThat(hash(beside, "0x79")).isNotEqualTo(hash(node, "0x79"));
    assertThat(other.headNumber()).isEqualTo(125);
    assertThat(node.chain().headNumber()).isEqualTo(123);
    assertThat(block(beside, hash(node, "0x79")).isNull()).isTrue();
    assertThat(block(node, hash(beside, "0x79")).isNull()).isTrue();
  }

  @Test
  void aReorganisationOfOneForkIsNotSeenOnTheOther() {
    SimulatedChain other = node.chain().fork();
    SimNode beside = new SimNode(other, still().build());
    String before = hash(beside, "0x70");

    node.chain().reorg(20);

    assertThat(hash(beside, "0x70")).isEqualTo(before);
    assertThat(hash(node, "0x70")).isNotEqualTo(before);
    other.reorg(20);
    assertThat(hash(beside, "0x70")).isNotIn(before, hash(node, "0x70"));
  }

  @Test
  void theMembersOfAFleetMayBeOnSeveralForks() {
    SimulatedChain second = node.chain().fork();
    SimulatedChain third = node.chain().fork();
    List<SimulatedChain> chains = List.of(node.chain(), second, third);
    chains.forEach(chain -> chain.mine(1));
    SimNode fleet = new SimNode(chains, still().build());

    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      answers.add(answer(fleet, question("eth_getBlockByNumber", "['0x79',false]")));
    }

    assertThat(answers).hasSize(3);
    assertThat(fleet.viewAt(third.headHash()).call("eth_blockNumber", params()).asText())
        .isEqualTo("0x79");
  }

  @Test
  void aNodeMayForgetItsOrphans() {
    SimNode forgetful = new SimNode(node.chain(), still().orphansKept(false).build());
    String orphan = hash(node, "0x70");
    assertThat(block(forgetful, orphan).path("number").asText()).isEqualTo("0x70");

    node.chain().reorg(20);

    assertThat(block(node, orphan).path("number").asText()).isEqualTo("0x70");
    assertThat(block(forgetful, orphan).isNull()).isTrue();
    assertThat(answer(forgetful, question("eth_getBlockByHash", "['" + orphan + "',false]")))
        .contains("'result':null");
  }

  @Test
  void theViewOfABlockOutlivesRewindsAndResets() {
    String old = node.chain().headHash();
    SimView before = node.viewAt(old);
    JsonNode logs = call(before, "eth_getLogs", "[{'fromBlock':'0x60'}]");

    node.chain().rewind(10);
    assertThat(block(node, old).isNull()).isTrue();
    assertThat(call(node.viewAt(old), "eth_getLogs", "[{'fromBlock':'0x60'}]")).isEqualTo(logs);
    assertThat(block(node.viewAt(old), old).path("hash").asText()).isEqualTo(old);

    node.chain().reset();
    assertThat(call(node.viewAt(old), "eth_getLogs", "[{'fromBlock':'0x60'}]")).isEqualTo(logs);
    assertThat(block(node.viewAt(old), old).path("hash").asText()).isEqualTo(old);
  }

  @Test
  void aChainGoesBackToWhatItHadOrphaned() {
    String orphan = node.chain().headHash();
    String below = hash(node, "0x70");
    node.chain().reorg(20);

    node.chain().adopt(node.chain(), orphan);

    assertThat(node.chain().headHash()).isEqualTo(orphan);
    assertThat(hash(node, "0x70")).isEqualTo(below);
    node.chain().mine(1);
    assertThat(node.chain().headNumber()).isEqualTo(121);
  }

  @Test
  void aChainTakesOverWhatAnotherMade() {
    SimulatedChain other = node.chain().fork();
    other.mine(4);
    node.chain().mine(2);
    String own = node.chain().headHash();

    node.chain().adopt(other, other.headHash());

    assertThat(node.chain().headHash()).isEqualTo(other.headHash());
    assertThat(block(node, own).path("hash").asText()).isEqualTo(own);
    JsonNode logs = call(node, "eth_getLogs", "[{'fromBlock':'0x79'}]");
    assertThat(logs).isNotEmpty();
    assertThat(
            call(node, "eth_getTransactionReceipt", "[" + logs.get(0).path("transactionHash") + "]")
                .path("blockHash"))
        .isEqualTo(logs.get(0).path("blockHash"));
    node.chain().mine(1);
    other.mine(1);
    assertThat(node.chain().headHash()).isNotEqualTo(other.headHash());
  }

  @Test
  void aNodeCanBeToldToLag() {
    node.setLags(List.of(5));

    assertThat(answer(node, question("eth_blockNumber", "[]"))).contains("'result':'0x73'");
    assertThat(answer(node, question("sim_setLags", "[[1]]"))).contains("'result':true");
    assertThat(answer(node, question("eth_blockNumber", "[]"))).contains("'result':'0x77'");
    assertThat(answer(node, question("sim_setLags", "[[]]"))).contains("'code':-32602");
  }

  @Test
  void blocksFasterThanASecondShareTimeStamps() {
    SimNode fast = node(still().blockTime(Duration.ofMillis(250)).build());

    assertThat(time(fast, "0x4") - time(fast, "0x0")).isEqualTo(1);
    assertThat(time(fast, "0x3") - time(fast, "0x0")).isZero();
  }

  private static long time(SimNode of, String number) {
    JsonNode block = call(of, "eth_getBlockByNumber", "['" + number + "',false]");
    return Long.decode(block.path("timestamp").asText());
  }

  private static JsonNode params() {
    return SimNodes.params("[]");
  }

  private static String question(String method, String params) {
    return "{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':" + params + "}";
  }

  private static String hash(SimView of, String number) {
    return call(of, "eth_getBlockByNumber", "['" + number + "',false]").path("hash").asText();
  }

  private static JsonNode block(SimView of, String hash) {
    return call(of, "eth_getBlockByHash", "['" + hash + "',false]");
  }
}
