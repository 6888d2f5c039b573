package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.jsonrpc.ReplyScanner.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyScannerTest {
  private final ReplyScanner scanner = new ReplyScanner(8);
  private byte[] reply = {};

  private Reply scan(String text) {
    reply = text.getBytes(UTF_8);
    return scanner.scan(reply, 0, reply.length);
  }

  private String span(int from, int to) {
    return new String(reply, from, to - from, UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"jsonrpc":"2.0","id":1,"result":"0x1"}                  | RESULT
          ` {"result":{}, "x":[1], "id":1}`                        | RESULT
          {"id":1,"r\\u0065sult":[]}                               | RESULT
          {"id":1,"result":null}                                   | RESULT
          {"id":1,"result":1,"error":null}                         | RESULT
          {"id":1,"error":null,"result":null}                      | RESULT
          {"id":1,"error":{"code":-32000,"message":"m"}}           | ERROR
          {"id":1,"result":null,"error":{}}                        | ERROR
          {"id":1,"error":"busy"}                                  | ERROR
          {"id":1,"error":false}                                   | ERROR
          {"id":1}                                                 | NEITHER
          {}                                                       | NEITHER
          {"error":null}                                           | NEITHER
          {"result":1,"error":{"code":1}}                          | NEITHER
          {"x":1,"x":2,"result":1}                                 | RESULT
          {"result":1,"result":1}                                  | DUPLICATE
          {"result":1,"\\u0072esult":1}                            | DUPLICATE
          {"error":{},"error":null}                                | DUPLICATE
          {"error":null,"error":{}}                                | DUPLICATE
          {"id":1,"id":1,"result":1}                               | DUPLICATE
          {"error":{"code":1,"code":2}}                            | DUPLICATE
          {"error":{"x":1,"x":2}}                                  | ERROR
          {"result":{"code":1,"code":2}}                           | RESULT
          [{"result":1}]                                           | NOT_AN_OBJECT
          "ok"                                                     | NOT_AN_OBJECT
          <html>                                                   | NOT_JSON
          ``                                                       | NOT_JSON
          {"result":1                                              | NOT_JSON
          {"result":1}}                                            | NOT_JSON
          {"result":[[[[[[[[]]]]]]]]}                              | NOT_JSON
          {"result":[[[[[[[]]]]]]]}                                | RESULT
          """)
  void anAnswerIsReadGenerously(String text, Reply expected) {
    assertThat(scan(text)).isEqualTo(expected);
  }

  @Test
  void aResultIsFoundByteForByte() {
    assertThat(scan("{\"id\": \"a\" ,\"result\": [1.0, \"é\"] , \"error\":null }"))
        .isEqualTo(Reply.RESULT);
    assertThat(span(scanner.idFrom(), scanner.idTo())).isEqualTo("\"a\"");
    assertThat(span(scanner.resultFrom(), scanner.resultTo())).isEqualTo("[1.0, \"é\"]");
    assertThat(scanner.errorCode()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anErrorIsTakenApart() {
    assertThat(
            scan(
                "{\"error\":{\"data\":\"0x08\",\"m\\u0065ssage\":\"reverted\",\"x\":{\"code\":7},"
                    + "\"code\":3} }"))
        .isEqualTo(Reply.ERROR);
    assertThat(scanner.errorCode()).isEqualTo(3);
    assertThat(span(scanner.errorMessageFrom(), scanner.errorMessageTo()))
        .isEqualTo("\"reverted\"");
    assertThat(span(scanner.errorDataFrom(), scanner.errorDataTo())).isEqualTo("\"0x08\"");
    assertThat(span(scanner.errorFrom(), scanner.errorTo())).startsWith("{\"data").endsWith("3}");
    assertThat(span(scanner.idFrom(), scanner.idTo())).isEmpty();
    assertThat(span(scanner.resultFrom(), scanner.resultTo())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-32000, -32000",
    "0, 0",
    "-0, 0",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775807, -9223372036854775807",
    "9223372036854775808, -9223372036854775808",
    "99999999999999999999999, -9223372036854775808",
    "1.0, -9223372036854775808",
    "1e3, -9223372036854775808",
    "\"3\", -9223372036854775808",
    "null, -9223372036854775808",
  })
  void onlyAnIntegerIsACode(String written, long code) {
    assertThat(scan("{\"error\":{\"code\":" + written + "}}")).isEqualTo(Reply.ERROR);
    assertThat(scanner.errorCode()).isEqualTo(code);
  }

  @Test
  void nothingIsLeftOfTheAnswerBefore() {
    scan("{\"id\":1,\"error\":{\"code\":3,\"message\":\"m\",\"data\":1}}");
    assertThat(scan("{\"id\":1,\"id\":2,\"error\":{\"code\":3}}")).isEqualTo(Reply.DUPLICATE);
    assertThat(scanner.idTo()).isEqualTo(scanner.idFrom());
    assertThat(scanner.errorTo()).isEqualTo(scanner.errorFrom());
    assertThat(scanner.errorMessageTo()).isEqualTo(scanner.errorMessageFrom());
    assertThat(scanner.errorDataTo()).isEqualTo(scanner.errorDataFrom());
    assertThat(scanner.errorCode()).isEqualTo(Long.MIN_VALUE);
  }
}
