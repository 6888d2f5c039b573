package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.Method.NearHead;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsTest {

  @Test
  void everyRowIsFoundByTheBytesOfItsNameAndByTheName() {
    for (Method method : Methods.all()) {
      byte[] body = ("{\"method\":\"" + method.name() + "\"}").getBytes(StandardCharsets.UTF_8);
      assertThat(Methods.find(body, 11, body.length - 2)).isSameAs(method);
      assertThat(Methods.named(method.name())).isSameAs(method);
    }
  }

  @Test
  void noNameHasTwoRows() {
    Set<String> seen = new HashSet<>();
    assertThat(Methods.all()).allMatch(method -> seen.add(method.name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "e", "eth_cal", "eth_calls", "ETH_CALL", "eth_callx", "zks_getFee"})
  void aNameThatIsNotInTheTableIsUnknown(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    assertThat(Methods.find(bytes, 0, bytes.length)).isNull();
    assertThat(Methods.named(name)).isEqualTo(Method.unknown(name));
  }

  @ParameterizedTest
  @CsvSource({
    "personal_unlockAccount, DENIED",
    "admin_addPeer, DENIED",
    "miner_start, DENIED",
    "engine_newPayloadV4, DENIED",
    "les_serverInfo, DENIED",
    "clique_propose, DENIED",
    "testing_buildBlockV1, DENIED",
    "debug_setHead, DENIED",
    "eth_compileSolidity, DENIED",
    "eth_signTypedData_v4, DENIED",
    "txpool_besuTransactions, PASS",
    "debug_traceTransaction, TRANSACTION",
    "debug_getRawBlock, BLOCK",
    "debug_getBadBlocks, PASS",
    "anvil_mine, UNKNOWN",
    "eth_coinbase, UNKNOWN"
  })
  void aFamilyDecidesOnlyAboutNamesThatHaveNoRow(String name, MethodClass expected) {
    assertThat(Methods.named(name).methodClass()).isEqualTo(expected);
    assertThat(Methods.named(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "eth_getBlockTransactionCountByNumber, 0",
    "eth_getBlockByNumber, 0",
    "eth_call, 1",
    "eth_getBalance, 1",
    "eth_getStorageAt, 2",
    "eth_getProof, 2",
    "trace_call, 2",
    "trace_callMany, 1",
    "debug_traceCall, 1",
    "eth_getStorageValues, -2",
    "eth_feeHistory, 1"
  })
  void theBlockIsReadWhereTheMethodHasIt(String name, int at) {
    assertThat(Methods.named(name).blockAt()).isEqualTo(at);
  }

  @Test
  void everyMethodThatNamesABlockByNumberSaysWhereAndHowItIsEstablished() {
    assertThat(Methods.all())
        .filteredOn(method -> method.methodClass() == MethodClass.BLOCK)
        .isNotEmpty()
        .allMatch(method -> method.blockAt() != Method.NONE)
        .noneMatch(method -> method.nearHead() == NearHead.NEVER);
  }

  @Test
  void everyTwinIsAMethodThatNamesItsBlockByHash() {
    assertThat(Methods.all())
        .filteredOn(method -> !method.twin().isEmpty())
        .hasSize(6)
        .allMatch(m -> Methods.named(m.twin()).methodClass() == MethodClass.BLOCK_HASH);
  }

  @Test
  void whatTakesNodesLongIsMarkedSlow() {
    assertThat(Methods.all())
        .filteredOn(Method::slow)
        .extracting(Method::name)
        .contains("eth_getLogs", "eth_getProof", "eth_simulateV1", "debug_traceTransaction")
        .contains("trace_filter", "trace_block", "eth_getFilterLogs", "debug_traceBlockByNumber")
        .doesNotContain("eth_call", "eth_getBalance", "eth_sendRawTransaction");
  }
}
