package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerBlockTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBlockByHash | {\"hash\":\"0x1\",\"number\":\"0x1b4\"} | 436",
        "eth_getBlockByNumber | {\"transactions\":[{\"number\":\"0x9\"}],\"number\":\"0x5\"} | 5",
        "eth_getBlockByNumber | {\"number\":null} | -1",
        "eth_getTransactionReceipt | {\"logs\":[{\"blockNumber\":\"0x9\"}],\"blockNumber\":\"0x5\"}"
            + " | 5",
        "eth_getTransactionByHash | {\"blockNumber\":null} | -1",
        "eth_getTransactionByHash | {} | -1",
        "eth_getTransactionByHash | null | -1",
        "eth_getTransactionByHash | \"0x5\" | -1",
        "eth_getLogs | [] | -1",
        "eth_getLogs | [{\"blockNumber\":\"0x5\"},{\"blockNumber\":\"0x7\"}] | 7",
        "eth_getLogs | [{\"blockNumber\":\"0x7\"} , {\"blockNumber\":\"0x5\"} ] | 7",
        "eth_getLogs | [{\"blockNumber\":\"0x5\"},{\"blockNumber\":null}] | -1",
        "eth_getLogs | [{\"blockNumber\":\"0x5\"},\"0x1\"] | -1",
        "trace_transaction | [{\"blockNumber\":12345}] | 12345",
        "trace_transaction | [{\"blockNumber\":-1}] | -1",
        "trace_transaction | [{\"blockNumber\":1.5}] | -1",
        "eth_call | {\"blockNumber\":\"0x5\"} | -1",
        "eth_getUncleByBlockHashAndIndex | {\"number\":\"0x5\"} | -1"
      })
  void theBlockIsReadFromTheAnswer(String method, String result, long number) {
    assertThat(of(method, result)).isEqualTo(number);
    assertThat(of(method, " \n" + result + " ")).isEqualTo(number);
  }

  @Test
  void onlyMethodsOfTheTableAreSaidToNameTheirBlock() {
    assertThat(Methods.all().stream().filter(AnswerBlock::isNamedBy)).hasSize(14);
  }

  @Test
  void whatIsMarkedNamedInTheTableIsReadHere() {
    assertThat(Methods.all())
        .filteredOn(method -> method.nearHead() == Method.NearHead.NAMED)
        .allMatch(AnswerBlock::isNamedBy);
  }

  private static long of(String method, String result) {
    return AnswerBlock.of(Methods.named(method), result.getBytes(StandardCharsets.UTF_8)).number();
  }
}
