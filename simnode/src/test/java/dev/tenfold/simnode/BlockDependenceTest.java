package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.still;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer tells its block: that of any other block, or of an orphan at its number, differs. */
class BlockDependenceTest {
  private static final String ADDRESS = "'0x" + "ab".repeat(20) + "'";

  private final SimNode node = node(still().uncles(true).build());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getAccount                  | [ADDRESS,BLOCK]",
        "eth_getStorageValues            | [{ADDRESS:['0x0','0x1']},BLOCK]",
        "eth_simulateV1                  |"
            + " [{'blockStateCalls':[{'calls':[{'to':ADDRESS}]}]},BLOCK]",
        "debug_traceCall                 | [{'to':ADDRESS},BLOCK,{'tracer':'callTracer'}]",
        "debug_getRawHeader              | [BLOCK]",
        "debug_getRawBlock               | [BLOCK]",
        "debug_getRawReceipts            | [BLOCK]",
        "debug_traceBlockByNumber        | [BLOCK,{'tracer':'callTracer'}]",
        "eth_getBlockReceipts            | [BLOCK]",
        "trace_call                      | [{'to':ADDRESS},['trace'],BLOCK]",
        "trace_callMany                  | [[[{'to':ADDRESS},['trace']]],BLOCK]",
        "trace_block                     | [BLOCK]",
        "trace_replayBlockTransactions   | [BLOCK,['trace']]"
      })
  void anAnswerFollowsFromTheBlockHoweverItIsNamed(String method, String params) {
    String hash = hashOf("0x64");
    JsonNode byNumber = ask(method, params, "'0x64'");

    assertThat(ask(method, params, "'" + hash + "'")).isEqualTo(byNumber);
    assertThat(ask(method, params, "{'blockHash':'" + hash + "'}")).isEqualTo(byNumber);
    assertThat(ask(method, params, "'0x65'")).isNotEqualTo(byNumber);
    node.chain().reorg(30);
    assertThat(ask(method, params, "'0x64'")).isNotEqualTo(byNumber);
    assertThat(ask(method, params, "'" + hash + "'")).isEqualTo(byNumber);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "erigon_getHeaderByNumber         | [BLOCK]",
        "optimism_outputAtBlock           | [BLOCK]",
        "debug_traceCallMany | [[{'transactions':[{'to':ADDRESS}]}],{'blockNumber':BLOCK}]",
        "trace_filter                     | [{'fromBlock':BLOCK,'toBlock':BLOCK}]",
        "eth_feeHistory                   | ['0x2',BLOCK,[50]]",
        "eth_getUncleByBlockNumberAndIndex | [BLOCK,'0x0']"
      })
  void whatTakesNoHashFollowsFromTheNumberOnThisChain(String method, String params) {
    JsonNode before = ask(method, params, "'0x64'");

    assertThat(before.isNull()).isFalse();
    assertThat(ask(method, params, "'0x63'")).isNotEqualTo(before);
    node.chain().reorg(30);
    assertThat(ask(method, params, "'0x64'")).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getTransactionReceipt  | [TX]",
        "debug_traceTransaction     | [TX,{'tracer':'callTracer'}]",
        "trace_transaction          | [TX]",
        "trace_get                  | [TX,[]]",
        "trace_replayTransaction    | [TX,['trace']]"
      })
  void whatIsToldOfATransactionFollowsFromItsBlock(String method, String params) {
    String tx = carriedOver();
    SimNode one = node(still().uncles(true).build());

    assertThat(call(node, method, params.replace("TX", tx)))
        .isNotEqualTo(call(one, method, params.replace("TX", tx)));
  }

  /** A transaction that a reorganisation of the node moved into another block. */
  private String carriedOver() {
    JsonNode before = call(node, "eth_getLogs", "[{'fromBlock':'0x5a'}]");
    node.chain().reorg(30);
    for (JsonNode log : before) {
      String tx = log.path("transactionHash").toString();
      JsonNode now = call(node, "eth_getTransactionReceipt", "[" + tx + "]");
      if (!now.isNull() && !now.path("blockHash").equals(log.path("blockHash"))) {
        return tx;
      }
    }
    throw new AssertionError("no transaction was taken over");
  }

  @ParameterizedTest
  @CsvSource({
    "eth_gasPrice",
    "eth_maxPriorityFeePerGas",
    "eth_baseFee",
    "erigon_blockNumber",
    "eth_capabilities",
    "eth_config"
  })
  void whatIsToldOfTheHeadChangesWithIt(String method) {
    JsonNode before = call(node, method, "[]");

    node.chain().mine(1);

    assertThat(call(node, method, "[]")).isNotEqualTo(before);
  }

  @Test
  void anUncleNamesItselfAndIsCountedInItsBlock() {
    JsonNode block = call(node, "eth_getBlockByNumber", "['0x64',false]");
    JsonNode uncle = call(node, "eth_getUncleByBlockNumberAndIndex", "['0x64','0x0']");

    assertThat(block.path("uncles").get(0)).isEqualTo(uncle.path("hash"));
    assertThat(uncle.path("number").asText()).isEqualTo("0x63");
    assertThat(call(node, "eth_getUncleCountByBlockNumber", "['0x64']").asText()).isEqualTo("0x1");
    assertThat(call(node, "eth_getUncleCountByBlockNumber", "['0x63']").asText()).isEqualTo("0x0");
    assertThat(call(node, "eth_getUncleByBlockNumberAndIndex", "['0x64','0x1']").isNull()).isTrue();
    assertThat(block.path("sha3Uncles").asText()).isNotEqualTo(Header.NO_UNCLES);
    assertThat(SimNodes.block(node.chain().snapshot(), 100))
        .satisfies(b -> assertThat(Keccak.hex(b.header().encoded())).isEqualTo(b.hash()));
  }

  @Test
  void aTransactionIsFoundByItsSenderAndNonce() {
    JsonNode tx = call(node, "eth_getTransactionByBlockNumberAndIndex", "['0x64','0x0']");
    String params = "[" + tx.path("from") + "," + tx.path("nonce") + "]";

    assertThat(call(node, "eth_getTransactionBySenderAndNonce", params)).isEqualTo(tx);
    assertThat(call(node, "eth_getTransactionBySenderAndNonce", "[" + ADDRESS + ",'0x1']").isNull())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "debug_traceCall | [{'to':ADDRESS},'0x1',{'tracer':'{a}'}] |"
            + " [{'to':ADDRESS},'0x1',{'tracer':'{A}'}]",
        "eth_call        | [{'to':ADDRESS},'0x1'] |"
            + " [{'to':ADDRESS},'0x1',{ADDRESS:{'nonce':'0x1'}}]",
        "trace_call      | [{'to':ADDRESS},['trace'],'0x1'] |"
            + " [{'to':ADDRESS},['trace','stateDiff'],'0x1']"
      })
  void callsThatMeanDifferentThingsGetDifferentAnswers(String method, String one, String other) {
    assertThat(ask(method, one, "")).isNotEqualTo(ask(method, other, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBalance       | [ADDRESS,BLOCK]",
        "eth_getBlockReceipts | [BLOCK]",
        "eth_getLogs          | [{'blockHash':HASH}]"
      })
  void aNodeMayTakeNoBlockByHash(String method, String params) {
    Set<String> numbersOnly = Set.of("eth_getBalance", "eth_getBlockReceipts", "eth_getLogs");
    SimNode old = new SimNode(node.chain(), still().numbersOnly(numbersOnly).build());
    String hash = "'" + hashOf("0x64") + "'";
    String named = params.replace("HASH", hash).replace("BLOCK", "{'blockHash':" + hash + "}");
    String body = "{'jsonrpc':'2.0','id':1,'method':'%s','params':%s}";

    assertThat(SimNodes.answer(old, body.formatted(method, named).replace("ADDRESS", ADDRESS)))
        .contains("'code':-32602");
    assertThat(SimNodes.answer(node, body.formatted(method, named).replace("ADDRESS", ADDRESS)))
        .contains("'result'");
  }

  @Test
  void aStorageRangeIsOfABlockByHash() {
    String params = "['%s',0," + ADDRESS + ",'0x00',2]";
    JsonNode range = call(node, "debug_storageRangeAt", params.formatted(hashOf("0x64")));

    assertThat(range.path("storage").size()).isEqualTo(2);
    assertThat(call(node, "debug_storageRangeAt", params.formatted(hashOf("0x63"))))
        .isNotEqualTo(range);
    assertThatThrownBy(
            () -> call(node, "debug_storageRangeAt", params.formatted("0x" + "cd".repeat(32))))
        .hasMessageContaining("not found");
  }

  private String hashOf(String number) {
    return call(node, "eth_getBlockByNumber", "['" + number + "',false]").path("hash").asText();
  }

  private JsonNode ask(String method, String params, String block) {
    return call(node, method, params.replace("ADDRESS", ADDRESS).replace("BLOCK", block));
  }
}
