package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSpansTest {
  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String value(byte[] json, int at) {
    return new String(json, at, JsonSpans.valueEnd(json, at, json.length) - at, UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-1.5e3",
        "true",
        "null",
        "\"\"",
        "\"a\\\"]\"",
        "\"\\\\\"",
        "[]",
        "{}",
        "[1,[2,{\"a\":\"]\"}],\"}\"]",
        "{ \"a\" : { \"b\" : [ ] } }"
      })
  void aValueEndsWhereItEnds(String value) {
    for (String tail : new String[] {"", ",1", " ", "]", "}", "\n"}) {
      byte[] json = bytes(value + tail);
      assertThat(JsonSpans.valueEnd(json, 0, json.length)).isEqualTo(bytes(value).length);
    }
  }

  @Test
  void elementsAreFoundByIndex() {
    byte[] json = bytes("[ {\"a\":[1,2]} ,\"x,y\" , 3]");
    int to = json.length;

    assertThat(JsonSpans.elementCount(json, 0, to)).isEqualTo(3);
    assertThat(value(json, JsonSpans.element(json, 0, to, 0))).isEqualTo("{\"a\":[1,2]}");
    assertThat(value(json, JsonSpans.element(json, 0, to, 1))).isEqualTo("\"x,y\"");
    assertThat(value(json, JsonSpans.element(json, 0, to, 2))).isEqualTo("3");
    assertThat(JsonSpans.element(json, 0, to, 3)).isEqualTo(-1);
  }

  @Test
  void whatIsEmptyOrOfAnotherKindHasNoElementsAndNoMembers() {
    for (String text : new String[] {"[]", "[ ]", "{}", "{ }", "1", "\"[1]\"", "null"}) {
      byte[] json = bytes(text);
      assertThat(JsonSpans.elementCount(json, 0, json.length)).isZero();
      assertThat(JsonSpans.element(json, 0, json.length, 0)).isEqualTo(-1);
      assertThat(JsonSpans.member(json, 0, json.length, "a")).isEqualTo(-1);
    }
    assertThat(JsonSpans.elementCount(bytes("{\"a\":1}"), 0, 7)).isZero();
    assertThat(JsonSpans.member(bytes("[\"a\",1]"), 0, 7, "a")).isEqualTo(-1);
    assertThat(JsonSpans.element(new byte[0], 0, 0, 0)).isEqualTo(-1);
  }

  @Test
  void membersAreFoundByTheirDecodedName() {
    byte[] json = bytes("{\"x\":{\"to\":1}, \"t\\u006f\" : \"0xa\" ,\"data\":[\"to\"]}");
    int to = json.length;

    assertThat(value(json, JsonSpans.member(json, 0, to, "to"))).isEqualTo("\"0xa\"");
    assertThat(value(json, JsonSpans.member(json, 0, to, "data"))).isEqualTo("[\"to\"]");
    assertThat(JsonSpans.member(json, 0, to, "t")).isEqualTo(-1);
    assertThat(JsonSpans.member(json, 0, to, "too")).isEqualTo(-1);
  }

  @Test
  void kindsAreTold() {
    byte[] json = bytes("\"n{[");
    assertThat(JsonSpans.isString(json, 0)).isTrue();
    assertThat(JsonSpans.isNull(json, 1)).isTrue();
    assertThat(JsonSpans.isObject(json, 2)).isTrue();
    assertThat(JsonSpans.isArray(json, 3)).isTrue();
    assertThat(JsonSpans.isString(json, 1)).isFalse();
    assertThat(JsonSpans.isNull(json, -1)).isFalse();
    assertThat(JsonSpans.isArray(json, 4)).isFalse();
  }

  @Test
  void stringsAreDecodedAndCompared() {
    byte[] json = bytes("\"\\u006catest\\n\\ud83d\\ude00é\\ud800\"");
    assertThat(JsonSpans.string(json, 0, json.length)).isEqualTo("latest\n😀é\ud800");

    byte[] latest = bytes("\"\\u006catest\"");
    assertThat(JsonSpans.stringEquals(latest, 0, latest.length, "latest")).isTrue();
    assertThat(JsonSpans.stringEquals(latest, 0, latest.length, "lates")).isFalse();
    assertThat(JsonSpans.stringEquals(latest, 0, latest.length, "latest2")).isFalse();
    assertThat(JsonSpans.stringEquals(bytes("latest"), 0, 6, "ates")).isFalse();
    assertThat(JsonSpans.equalsAscii(latest, 7, 12, "atest")).isTrue();
    assertThat(JsonSpans.equalsAscii(latest, 7, 12, "aTest")).isFalse();
    assertThat(JsonSpans.equalsAscii(latest, 7, 12, "atesta")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "0x1b4"               | 436
          "0x1B4"               | 436
          "0x0"                 | 0
          "0x7fffffffffffffff"  | 9223372036854775807
          "0x8000000000000000"  | -1
          "0x10000000000000000" | -1
          "0x01"                | -1
          "0x00"                | -1
          "0x"                  | -1
          "0X1"                 | -1
          "0xg"                 | -1
          "1"                   | -1
          ""                    | -1
          "\\u0030x1"           | -1
          436                   | -1
          0x1b4                 | -1
          null                  | -1
          """)
  void aQuantityIsReadStrictly(String json, long value) {
    byte[] bytes = bytes(json);
    assertThat(JsonSpans.hexQuantity(bytes, 0, bytes.length)).isEqualTo(value);
  }
}
