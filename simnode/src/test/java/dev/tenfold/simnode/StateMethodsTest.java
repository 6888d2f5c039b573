package dev.tenfold.simnode;

import static dev.tenfold.simnode.SimNodes.answer;
import static dev.tenfold.simnode.SimNodes.call;
import static dev.tenfold.simnode.SimNodes.node;
import static dev.tenfold.simnode.SimNodes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateMethodsTest {
  private static final String ADDRESS = "'0x" + "ab".repeat(20) + "'";

  private final SimNode node = node();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBalance       | [ADDRESS,BLOCK]",
        "eth_getStorageAt     | [ADDRESS,'0x0',BLOCK]",
        "eth_getProof         | [ADDRESS,['0x0'],BLOCK]",
        "eth_call             | [{'to':ADDRESS,'data':'0x12345678'},BLOCK]",
        "eth_estimateGas      | [{'to':ADDRESS,'data':'0x12345678'},BLOCK]",
        "eth_createAccessList | [{'to':ADDRESS,'data':'0x12345678'},BLOCK]"
      })
  void stateFollowsFromTheBlockHoweverItIsNamed(String method, String params) {
    String hash = call(node, "eth_getBlockByNumber", "['0x64',false]").path("hash").asText();

    var byNumber = ask(method, params, "'0x64'");
    assertThat(ask(method, params, "{'blockNumber':'0x64'}")).isEqualTo(byNumber);
    assertThat(ask(method, params, "{'blockHash':'" + hash + "'}")).isEqualTo(byNumber);
    assertThat(ask(method, params, "'" + hash + "'")).isEqualTo(byNumber);
    assertThat(ask(method, params, "'0x65'")).isNotEqualTo(byNumber);
    assertThat(ask(method, params, "'latest'")).isEqualTo(ask(method, params, "'0x78'"));
  }

  @Test
  void aBlockThatIsNotThereIsAnErrorForState() {
    assertThatThrownBy(() -> ask("eth_getBalance", "[ADDRESS,BLOCK]", "'0x79'"))
        .hasMessage("header not found")
        .extracting(failure -> ((RpcFailure) failure).code())
        .isEqualTo(-32000);
    assertThatThrownBy(
            () ->
                ask(
                    "eth_getBalance",
                    "[ADDRESS,BLOCK]",
                    "{'blockHash':'0x" + "cd".repeat(32) + "'}"))
        .extracting(failure -> ((RpcFailure) failure).code())
        .isEqualTo(-32001);
    assertThat(call(node, "eth_getBlockByNumber", "['0x79',false]").isNull()).isTrue();
    assertThat(call(node, "eth_getBlockReceipts", "['0x79']").isNull()).isTrue();
  }

  @Test
  void aCallMeansTheSameInAnyOrderAndCase() {
    String one = "[{'to':'0xABCDEF0123456789abcdef0123456789abcdef01','data':'0xAA'},'0x5']";
    String other = "[{'input':'0xaa','to':'0xabcdef0123456789abcdef0123456789abcdef01'},'0x5']";

    assertThat(text(node, "eth_call", one)).isEqualTo(text(node, "eth_call", other)).hasSize(66);
  }

  @Test
  void oneSelectorRevertsWithItsReason() {
    String body =
        "{'jsonrpc':'2.0','id':1,'method':'eth_call','params':[{'to':%s,'data':'%s'},'latest']}"
            .formatted(ADDRESS, CallMethods.REVERTING);

    assertThat(answer(node, body))
        .contains("'code':3,'message':'execution reverted: simulated revert'")
        .contains("'data':'0x08c379a0");
  }

  @Test
  void contractsHaveCodeAndAccountsHaveNone() {
    String contract = node.chain().contracts().getFirst();
    String account = node.chain().accounts().getFirst();

    assertThat(text(node, "eth_getCode", "['" + contract + "','latest']")).startsWith("0x6080");
    assertThat(text(node, "eth_getCode", "['" + account + "','latest']")).isEqualTo("0x");
  }

  @Test
  void theHashOfBytesIsKeccak() {
    assertThat(text(node, "web3_sha3", "['0x']"))
        .isEqualTo("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  }

  private JsonNode ask(String method, String params, String block) {
    return call(node, method, params.replace("ADDRESS", ADDRESS).replace("BLOCK", block));
  }
}
