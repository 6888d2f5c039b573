package dev.tenfold.gateway.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockParameterTest {
  private static final String HASH = "\"0x" + "aB".repeat(32) + "\"";

  private final BlockParameter parameter = new BlockParameter();

  @ParameterizedTest
  @CsvSource({"0x0, 0", "0x1b4, 436", "0xAbC, 2748", "0x7fffffffffffffff, 9223372036854775807"})
  void aCanonicalQuantityIsANumber(String text, long number) {
    assertThat(read("eth_getBlockByNumber", "[ \"" + text + "\" , true]"))
        .isEqualTo(BlockWord.NUMBER);
    assertThat(parameter.number()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"latest\" | LATEST",
        "\"safe\" | SAFE",
        "\"finalized\" | FINALIZED",
        "\"earliest\" | EARLIEST",
        "\"pending\" | PENDING",
        "\"Latest\" | MALFORMED",
        "\"lat\\u0065st\" | MALFORMED",
        "\"\" | MALFORMED",
        "\"0x\" | MALFORMED",
        "\"0x01\" | MALFORMED",
        "\"0X1\" | MALFORMED",
        "\"0x8000000000000000\" | MALFORMED",
        "\"0x10000000000000001\" | MALFORMED",
        "\"12\" | MALFORMED",
        "12 | MALFORMED",
        "true | MALFORMED",
        "[] | MALFORMED",
        "{} | MALFORMED",
        "{\"blockNumber\":\"0x5\"} | NUMBER",
        "{\"blockNumber\":\"pending\"} | PENDING",
        "{\"blockNumber\":\"latest\",\"requireCanonical\":true} | LATEST",
        "{\"blockNumber\":5} | MALFORMED",
        "{\"blockHash\":\"0x5\"} | MALFORMED",
        "{\"BlockNumber\":\"0x5\"} | MALFORMED",
        "{\"blockNumber\":\"0x5\",\"other\":1} | MALFORMED",
        "{\"blockNumber\":\"0x5\",\"blockHash\":\"0x5\"} | MALFORMED"
      })
  void everyFormIsTold(String value, BlockWord expected) {
    assertThat(read("eth_getBalance", "[\"0xa1\"," + value + "]")).isEqualTo(expected);
    assertThat(parameter.number()).isEqualTo(expected == BlockWord.NUMBER ? 5 : -1);
  }

  @Test
  void aHashIsToldByItselfAndInAnObject() {
    assertThat(read("eth_getBlockReceipts", "[" + HASH + "]")).isEqualTo(BlockWord.HASH);
    assertThat(
            read(
                "eth_getCode", "[\"0xa1\",{\"requireCanonical\":true,\"blockHash\":" + HASH + "}]"))
        .isEqualTo(BlockWord.HASH);
    assertThat(read("eth_getCode", "[\"0xa1\",{\"blockNumber\":" + HASH + "}]"))
        .isEqualTo(BlockWord.MALFORMED);
    assertThat(read("eth_getBlockReceipts", "[" + HASH.replace('a', 'g') + "]"))
        .isEqualTo(BlockWord.MALFORMED);
  }

  @Test
  void whatIsLeftOutMeansLatestOnlyWhereTheMethodSaysSo() {
    assertThat(read("eth_call", "[{}]")).isEqualTo(BlockWord.LATEST);
    assertThat(read("eth_call", "[{},null]")).isEqualTo(BlockWord.LATEST);
    assertThat(read("eth_call", "")).isEqualTo(BlockWord.LATEST);
    assertThat(read("eth_getBalance", "[\"0xa1\"]")).isEqualTo(BlockWord.MALFORMED);
    assertThat(read("eth_getStorageValues", "[]")).isEqualTo(BlockWord.MALFORMED);
  }

  @Test
  void theLastParameterIsFoundWhereTheBlockIsLast() {
    assertThat(read("eth_getStorageValues", "[{},{},\"safe\"]")).isEqualTo(BlockWord.SAFE);
  }

  @Test
  void paramsByNameAreMalformed() {
    assertThat(read("eth_call", "{\"block\":\"latest\"}")).isEqualTo(BlockWord.MALFORMED);
  }

  private BlockWord read(String method, String params) {
    byte[] body = ("##" + params + "##").getBytes(StandardCharsets.UTF_8);
    return parameter.read(Methods.named(method), body, 2, body.length - 2);
  }
}
