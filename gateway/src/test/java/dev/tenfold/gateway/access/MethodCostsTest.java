package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.MethodClass;
import dev.tenfold.gateway.evm.Methods;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodCostsTest {
  @ParameterizedTest
  @CsvSource({
    "eth_chainId, 1",
    "net_version, 1",
    "web3_clientVersion, 1",
    "web3_sha3, 1",
    "net_listening, 1",
    "eth_syncing, 1",
    "eth_blockNumber, 5",
    "eth_gasPrice, 10",
    "eth_getBalance, 10",
    "eth_getBlockByNumber, 10",
    "eth_getTransactionReceipt, 10",
    "eth_call, 20",
    "eth_estimateGas, 20",
    "eth_getProof, 30",
    "eth_createAccessList, 30",
    "eth_sendRawTransaction, 40",
    "eth_getLogs, 60",
    "eth_getBlockReceipts, 60",
    "trace_block, 150",
    "trace_filter, 300",
    "trace_unheardOf, 150",
    "debug_traceCall, 200",
    "debug_unheardOf, 200",
    "unheardOf, 10"
  })
  void aCallCostsAboutAsMuchWorkAsItIs(String method, int cost) {
    assertThat(cost(Map.of(), method)).isEqualTo(cost);
  }

  @Test
  void whatThePageSaysOfTheDefaultsHoldsForEveryMethod() throws Exception {
    assertThat(Files.readString(Path.of("../docs/configuration.md")))
        .contains(
            "in place of the defaults: 10, fewer for what is answered here, 20 for `eth_call`, 60"
                + " for `eth_getLogs`, 150 and more for `trace_*` and `debug_*`");
    MethodCosts costs = new MethodCosts(Map.of());
    for (Method method : Methods.all()) {
      int cost = costs.of(method);
      if (method.methodClass() == MethodClass.LOCAL) {
        assertThat(cost).as(method.name()).isBetween(1, 9);
      } else if (method.name().startsWith("trace_") || method.name().startsWith("debug_")) {
        assertThat(cost).as(method.name()).isGreaterThanOrEqualTo(150);
      } else {
        assertThat(cost).as(method.name()).isBetween(10, 60);
      }
    }
  }

  @Test
  void whatIsConfiguredGoesBeforeTheDefaults() {
    assertThat(cost(Map.of("eth_call", 7), "eth_call")).isEqualTo(7);
    assertThat(cost(Map.of("eth_call", 0), "eth_call")).isZero();
    assertThat(cost(Map.of("eth_call", 7), "eth_getLogs")).isEqualTo(60);
    assertThat(cost(Map.of("trace_*", 7), "trace_block")).isEqualTo(7);
    assertThat(cost(Map.of("unheardOf", 7), "unheardOf")).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"eth_call", "eth_chainId", "eth_getBalance", "trace_filter", "debug_x", "unheardOf"})
  void aConfiguredBeginningGoesBeforeEveryDefault(String method) {
    assertThat(cost(Map.of("*", 3), method)).isEqualTo(3);
  }

  @Test
  void aNameGoesBeforeABeginningAndALongerOneBeforeAShorterOne() {
    Map<String, Integer> units =
        Map.of("*", 1, "eth_*", 2, "eth_get*", 3, "eth_getLogs", 4, "eth_getBlock*", 5);

    assertThat(cost(units, "net_peerCount")).isEqualTo(1);
    assertThat(cost(units, "eth_call")).isEqualTo(2);
    assertThat(cost(units, "eth_getBalance")).isEqualTo(3);
    assertThat(cost(units, "eth_getLogs")).isEqualTo(4);
    assertThat(cost(units, "eth_getBlockByHash")).isEqualTo(5);
    assertThat(cost(units, "eth_getUnheardOf")).isEqualTo(3);
  }

  private static int cost(Map<String, Integer> configured, String method) {
    return new MethodCosts(configured).of(Methods.named(method));
  }
}
