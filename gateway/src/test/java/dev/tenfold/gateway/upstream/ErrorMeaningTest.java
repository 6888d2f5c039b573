package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorMeaningTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "3, `execution reverted: no`, REVERTED",
        "-32000, `execution reverted`, REVERTED",
        "-32603, `VM Exception while processing transaction: reverted with 'no'`, REVERTED",
        "-32005, `query returned more than 10000 results`, WRONG_CALL",
        "-32005, `query returned more than 10,000 results. Try with this block range`, WRONG_CALL",
        "-32005, `daily request count exceeded, request rate limited`, RATE_LIMITED",
        "-32005, `limit exceeded`, OTHER",
        "-32029, `Too Many Requests`, RATE_LIMITED",
        "429, `exceeded its compute units per second capacity`, RATE_LIMITED",
        "-32016, `over rate limit`, RATE_LIMITED",
        "-32007, `50/second request limit reached`, RATE_LIMITED",
        "-32000, `gas limit reached`, OTHER",
        "-32000, `exceeds block gas limit`, OTHER",
        "-32603, `internal error`, BROKEN",
        "-32601, `the method foo does not exist/is not available`, LACKS_METHOD",
        "-32000, `Method trace_block is not supported`, LACKS_METHOD",
        "-32602, `invalid params`, WRONG_CALL",
        "-32000, `already known`, ALREADY_KNOWN",
        "-32010, `Transaction with the same hash was already imported.`, ALREADY_KNOWN",
        "-32000, `unknown transaction`, OTHER",
        "-32000, `nonce too low`, OTHER",
        "-32000, `header not found`, LACKS_BLOCK",
        "-32001, `Resource not found`, LACKS_BLOCK",
        "-32000, `header for hash not found`, LACKS_BLOCK",
        "-32000, `unknown block`, LACKS_BLOCK",
        "-39001, `Unknown block`, LACKS_BLOCK",
        "-32000, `hash 0x12 is not currently canonical`, LACKS_BLOCK",
        "-32000, `could not find block: 0x12`, LACKS_BLOCK",
        "-32000, `contract not found`, OTHER",
        "-32000, `state of block 0x12 is not available`, OTHER"
      })
  void isReadByCodeAndByWordsWhereTheCodeIsAmbiguous(
      long code, String message, ErrorMeaning expected) {
    assertThat(ErrorMeaning.of(code, message, "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-32015, VM execution error., Reverted 0x08c379a0, REVERTED"})
  void theDataMayTellOfARevert(long code, String message, String data, ErrorMeaning expected) {
    assertThat(ErrorMeaning.of(code, message, data)).isEqualTo(expected);
  }
}
