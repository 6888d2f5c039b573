package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import dev.tenfold.toolkit.jsonrpc.RequestScanner.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScannerTest {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_BATCH = 3;

  private final RequestScanner scanner = new RequestScanner(MAX_DEPTH, MAX_BATCH);
  private byte[] body = {};

  private Body scan(String text) {
    body = text.getBytes(UTF_8);
    return scanner.scan(body, 0, body.length);
  }

  private String id(int i) {
    return span(scanner.idFrom(i), scanner.idTo(i));
  }

  private String params(int i) {
    return span(scanner.paramsFrom(i), scanner.paramsTo(i));
  }

  private String span(int from, int to) {
    return new String(body, from, to - from, UTF_8);
  }

  private Problem problem(String text) {
    assertThat(scan(text)).isEqualTo(Body.SINGLE);
    return scanner.problem(0);
  }

  @Test
  void aCallIsFoundWithItsSpans() {
    Body shape = scan("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"eth_call\",\"params\":[{}, 1]}");

    assertThat(shape).isEqualTo(Body.SINGLE);
    assertThat(scanner.size()).isEqualTo(1);
    assertThat(scanner.problem(0)).isEqualTo(Problem.NONE);
    assertThat(scanner.isNotification(0)).isFalse();
    assertThat(scanner.methodEscaped(0)).isFalse();
    assertThat(scanner.method(0)).isEqualTo("eth_call");
    assertThat(id(0)).isEqualTo("7");
    assertThat(params(0)).isEqualTo("[{}, 1]");
    assertThat(scanner.errorAt()).isEqualTo(-1);
  }

  @Test
  void membersComeInAnyOrderWithAnyWhiteSpaceAndWithEscapes() {
    String text =
        """
         \t\r
        { "p\\u0061rams" : { "a" : [ ] } , "x" : null , "\\u0069d" : "\\u0041" ,
          "m\\u0065thod" : "eth\\u005fcall" , "jsonrpc" : "\\u0032.0" }\s
        """;

    assertThat(problem(text)).isEqualTo(Problem.NONE);
    assertThat(id(0)).isEqualTo("\"\\u0041\"");
    assertThat(scanner.methodEscaped(0)).isTrue();
    assertThat(scanner.method(0)).isEqualTo("eth_call");
    assertThat(params(0)).isEqualTo("{ \"a\" : [ ] }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "1e2",
        "-0",
        "null",
        "\"\"",
        "\"a\\\"b\"",
        "\"\\ud800\"",
        "0",
        "-1.0E+02",
        "1234567890123456789012345678901234567890"
      })
  void anIdentifierIsFoundByteForByte(String id) {
    assertThat(problem("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":" + id + "}"))
        .isEqualTo(Problem.NONE);
    assertThat(id(0)).isEqualTo(id);
    assertThat(scanner.isNotification(0)).isFalse();
  }

  @Test
  void aValidCallWithoutIdIsANotification() {
    assertThat(problem("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}")).isEqualTo(Problem.NONE);
    assertThat(scanner.isNotification(0)).isTrue();
    assertThat(id(0)).isEmpty();
    assertThat(params(0)).isEmpty();
  }

  @Test
  void anInvalidCallWithoutIdIsNoNotification() {
    assertThat(problem("{\"jsonrpc\":\"2.0\"}")).isEqualTo(Problem.METHOD);
    assertThat(scanner.isNotification(0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                               | VERSION
          {"jsonrpc":2.0,"method":"m","id":1}                              | VERSION
          {"jsonrpc":"1.0","method":"m","id":1}                            | VERSION
          {"jsonrpc":"2.0 ","method":"m","id":1}                           | VERSION
          {"method":"m","id":1}                                            | VERSION
          {"jsonrpc":"2.0","id":1}                                         | METHOD
          {"jsonrpc":"2.0","method":1,"id":1}                              | METHOD
          {"jsonrpc":"2.0","method":null,"id":1}                           | METHOD
          {"jsonrpc":"2.0","method":"m","params":null,"id":1}              | PARAMS
          {"jsonrpc":"2.0","method":"m","params":"a","id":1}               | PARAMS
          {"jsonrpc":"2.0","method":"m","params":1,"id":1}                 | PARAMS
          {"jsonrpc":"2.0","method":"m","id":true}                         | ID
          {"jsonrpc":"2.0","method":"m","id":[1]}                          | ID
          {"jsonrpc":"2.0","method":"m","id":{}}                           | ID
          {"jsonrpc":"2.0","method":"m","method":"m","id":1}               | DUPLICATE_MEMBER
          {"jsonrpc":"2.0","method":"m","m\\u0065thod":"m","id":1}         | DUPLICATE_MEMBER
          {"jsonrpc":"2.0","method":"m","x":1,"\\u0078":2,"id":1}          | DUPLICATE_MEMBER
          {"jsonrpc":"2.0","method":"m","":1,"":2,"id":1}                  | DUPLICATE_MEMBER
          {"jsonrpc":"2.0","method":"m","😀":1,"\\ud83d\\ude00":2,"id":1}  | DUPLICATE_MEMBER
          {"jsonrpc":"2.0","method":"m","\\ud83d":1,"\\ude00":2,"id":1}    | NONE
          {"jsonrpc":"2.0","method":"m","x":{"a":1,"a":2},"id":1}          | NONE
          {"jsonrpc":"2.0","method":"m","params":[{"a":1,"a":2}],"id":1}   | NONE
          {"jsonrpc":"2.0","method":"m","ID":1,"id":1}                     | NONE
          {"jsonrpc":"2.0","method":"","id":1}                             | NONE
          {"id":true,"method":1,"params":1,"jsonrpc":1,"params":2}         | DUPLICATE_MEMBER
          {"id":true,"method":1,"params":1,"jsonrpc":1}                    | VERSION
          {"id":true,"method":1,"params":1,"jsonrpc":"2.0"}                | METHOD
          {"id":true,"method":"1","params":1,"jsonrpc":"2.0"}              | PARAMS
          """)
  void theFirstProblemInOrderIsTold(String text, Problem problem) {
    assertThat(problem(text)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":7}                                             | 7
          {"id":"a","jsonrpc":"2.0","method":3}                | "a"
          {"id":null,"x":1,"x":2}                              | null
          {"id":true}                                          | ``
          {"id":[7],"jsonrpc":"2.0","method":"m"}              | ``
          {"id":7,"id":7}                                      | ``
          {"id":7,"\\u0069d":8,"id":9}                         | ``
          {"id":{},"id":8}                                     | ``
          """)
  void theIdOfAnInvalidCallIsToldWhereItCanBe(String text, String id) {
    assertThat(problem(text)).isNotEqualTo(Problem.NONE);
    assertThat(id(0)).isEqualTo(id);
    assertThat(scanner.methodTo(0)).isEqualTo(scanner.methodFrom(0));
    assertThat(params(0)).isEmpty();
  }

  @Test
  void eachMemberOfABatchIsJudgedByItself() {
    Body shape =
        scan(
            " [ {\"jsonrpc\":\"2.0\",\"method\":\"a\",\"id\":1} , 5,{\"id\":\"z\","
                + " \"method\":1}]\n");

    assertThat(shape).isEqualTo(Body.BATCH);
    assertThat(scanner.size()).isEqualTo(3);
    assertThat(scanner.problem(0)).isEqualTo(Problem.NONE);
    assertThat(scanner.method(0)).isEqualTo("a");
    assertThat(scanner.problem(1)).isEqualTo(Problem.NOT_AN_OBJECT);
    assertThat(id(1)).isEmpty();
    assertThat(scanner.problem(2)).isEqualTo(Problem.VERSION);
    assertThat(id(2)).isEqualTo("\"z\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                        | EMPTY_BATCH
          ` [ \t] `                 | EMPTY_BATCH
          [[]]                      | BATCH
          [[[[[[[[]]]]]]]]          | BATCH
          [[[[[[[[[                 | TOO_DEEP
          {"a":[[[[[[[[             | TOO_DEEP
          {"a":[[[[[[[]]]]]]]}      | SINGLE
          [1,2,3]                   | BATCH
          [1,2,3,4]                 | BATCH_TOO_LARGE
          [1,2,3,                   | BATCH_TOO_LARGE
          [1,2,3,}                  | BATCH_TOO_LARGE
          [1,2,3 4                  | NOT_JSON
          1                         | NOT_A_CALL
          "a"                       | NOT_A_CALL
          ` null `                  | NOT_A_CALL
          ``                        | NOT_JSON
          ` `                       | NOT_JSON
          {}{}                      | NOT_JSON
          {}x                       | NOT_JSON
          []]                       | NOT_JSON
          {                         | NOT_JSON
          {"a"                      | NOT_JSON
          {"a":                     | NOT_JSON
          {"a":1,}                  | NOT_JSON
          {,}                       | NOT_JSON
          {a:1}                     | NOT_JSON
          {"a" 1}                   | NOT_JSON
          [1,]                      | NOT_JSON
          [,1]                      | NOT_JSON
          [1}                       | NOT_JSON
          """)
  void theShapeOfTheBodyIsTold(String text, Body shape) {
    assertThat(scan(text)).isEqualTo(shape);
    assertThat(scanner.size() > 0).isEqualTo(shape == Body.SINGLE || shape == Body.BATCH);
    boolean stopped =
        shape == Body.NOT_JSON || shape == Body.TOO_DEEP || shape == Body.BATCH_TOO_LARGE;
    assertThat(scanner.errorAt() >= 0).isEqualTo(stopped);
  }

  @Test
  void theFirstWrongByteIsTold() {
    assertThat(scan("{\"a\":01}")).isEqualTo(Body.NOT_JSON);
    assertThat(scanner.errorAt()).isEqualTo(6);

    assertThat(scan("{\"a\":tru")).isEqualTo(Body.NOT_JSON);
    assertThat(scanner.errorAt()).isEqualTo(8);

    assertThat(scan("[[[[[[[[[")).isEqualTo(Body.TOO_DEEP);
    assertThat(scanner.errorAt()).isEqualTo(8);
  }

  @Test
  void onlyTheSpanIsRead() {
    byte[] padded = "xx{\"id\":1}\"".getBytes(UTF_8);

    assertThat(scanner.scan(padded, 2, 10)).isEqualTo(Body.SINGLE);
    assertThat(scanner.idFrom(0)).isEqualTo(8);
    assertThat(scanner.scan(padded, 2, 9)).isEqualTo(Body.NOT_JSON);
    assertThat(scanner.errorAt()).isEqualTo(9);
    assertThatThrownBy(() -> scanner.scan(padded, 2, 12))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void limitsBelowOneAreRefused() {
    assertThatThrownBy(() -> new RequestScanner(0, 1)).hasMessageContaining("maxDepth is 0");
    assertThatThrownBy(() -> new RequestScanner(1, 0)).hasMessageContaining("maxBatch is 0");
  }

  @Test
  void aCallThatIsNotThereCannotBeAskedFor() {
    scan("{}");
    assertThatThrownBy(() -> scanner.problem(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
