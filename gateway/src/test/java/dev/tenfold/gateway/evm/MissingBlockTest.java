package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The block has two transactions and no uncle. */
class MissingBlockTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBlockByNumber | [\"0x5\",false] | null | true",
        "eth_getBlockByNumber | [\"0x5\",false] | {} | false",
        "eth_getBlockReceipts | [\"0x5\"] | null | true",
        "eth_getBlockReceipts | [\"0x5\"] | [] | true",
        "eth_getBlockReceipts | [\"0x5\"] | [{}] | false",
        "eth_getTransactionByBlockNumberAndIndex | [\"0x5\",\"0x1\"] | null | true",
        "eth_getTransactionByBlockNumberAndIndex | [\"0x5\",\"0x2\"] | null | false",
        "eth_getTransactionByBlockNumberAndIndex | [\"0x5\"] | null | false",
        "eth_getUncleByBlockNumberAndIndex | [\"0x5\",\"0x0\"] | null | false",
        "eth_getUncleCountByBlockHash | [\"0x5\"] | null | true",
        "debug_traceBlockByNumber | [\"0x5\"] | null | true",
        "debug_traceCall | [{},\"0x5\"] | null | false",
        "eth_getAccount | [\"0xa1\",\"0x5\"] | null | false",
        "eth_getLogs | [{}] | [] | false",
        "trace_block | [\"0x5\"] | null | true"
      })
  void aNullIsToldFromANullThatSaysThatTheBlockIsNotThere(
      String method, String params, String result, boolean missing) {
    byte[] json = params.getBytes(StandardCharsets.UTF_8);

    assertThat(
            MissingBlock.isSaidBy(
                Methods.named(method),
                json,
                0,
                json.length,
                Blocks.at(5, 1),
                result.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(missing);
  }
}
