package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.jsonrpc.RequestScanner.Body;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of RFC 8259 and RFC 3629 that parsers get wrong, each said by hand. */
class JsonGrammarTest {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_BATCH = 16;

  /** A value is judged alone, in an array and as a member, at each distance to a word's end. */
  private static void judge(byte[] value, boolean valid) {
    String text = new String(value, ISO_8859_1);
    RequestScanner scanner = new RequestScanner(MAX_DEPTH, MAX_BATCH);
    for (int spaces = 0; spaces < Words.BYTES; spaces++) {
      String padded = " ".repeat(spaces) + text;
      for (String body : new String[] {padded, "[" + padded + "]", "{\"a\":" + padded + " }"}) {
        byte[] bytes = body.getBytes(ISO_8859_1);
        assertThat(scanner.scan(bytes, 0, bytes.length) != Body.NOT_JSON).as(body).isEqualTo(valid);
        assertThat(RequestOracle.scanned(scanner, bytes))
            .isEqualTo(RequestOracle.judge(bytes, MAX_DEPTH, MAX_BATCH));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1e2",
        "1E+2",
        "1e-2",
        "0e0",
        "-0.0e-0",
        "10",
        "1.0",
        "0.1",
        "1e999",
        "1234567890123456789012345678901234567890",
        "-1234567890123456789012345678901234567890",
        "true",
        "false",
        "null",
        "\"\"",
        "\"\u007f\"",
        "\"\u0080\"",
        "\"\u07ff\"",
        "\"\u0800\"",
        "\"\ud7ff\"",
        "\"\ue000\"",
        "\"\uffff\"",
        "\"\ufeff\"",
        "\"😀\"",
        "\"\u2028\"",
        "\"/\"",
        "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"",
        "\"\\u0000\"",
        "\"\\uD800\"",
        "\"\\uDC00\\uD800\"",
        "\"\\uD83D\\uDE00\"",
        "\"abcdefg\"",
        "\"abcdefgh\"",
        "\"abcdefghi\"",
        "[]",
        "{}",
        "[[]]",
        "{\"\":{\"\":[]}}",
        "[{},[],\"\",0,null]"
      })
  void isValid(String value) {
    judge(value.getBytes(UTF_8), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "-01",
        "00",
        "1.",
        ".5",
        "-.5",
        "+1",
        "-",
        "--1",
        "1e",
        "1e+",
        "1e-",
        "1.e1",
        "0x1",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "1 2",
        "1a",
        "nul",
        "nulll",
        "tru",
        "True",
        "fals",
        "falsee",
        "undefined",
        "'a'",
        "a",
        "\"",
        "\"a",
        "a\"",
        "\"\\",
        "\"\\\"",
        "\"\\a\"",
        "\"\\x41\"",
        "\"\\0\"",
        "\"\\U0041\"",
        "\"\\u\"",
        "\"\\u1\"",
        "\"\\u12\"",
        "\"\\u123\"",
        "\"\\u123g\"",
        "\"\\u 123\"",
        "\"\\u+123\"",
        "\"\\u１２３４\"",
        "\"\\u000\u0145\"",
        "\"\t\"",
        "\"\n\"",
        "\"\u0000\"",
        "\"\u001f\"",
        "\"abcdefg\u001f\"",
        "[",
        "]",
        "{",
        "}",
        "[1",
        "[1,",
        "[1,]",
        "[,",
        "[,1]",
        "[1,,2]",
        "[1 2]",
        "[1:2]",
        "[1}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1",
        "{,\"a\":1}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\",1}",
        "{\"a\"::1}",
        "{1:1}",
        "{a:1}",
        "{null:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "/**/1",
        "1//",
        "#1",
        "\u000b1",
        "\f1",
        "\u00a01",
        "\u20281",
        "\ufeff1",
        "\u00001",
        "1\u0000"
      })
  void isNotValid(String value) {
    judge(value.getBytes(UTF_8), false);
  }

  /** Bytes are written as characters of ISO 8859-1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080",
        "\u00bf",
        "\u00c0\u0080",
        "\u00c0\u00af",
        "\u00c1\u00bf",
        "\u00c2",
        "\u00c2A",
        "\u00c2\u00c2",
        "\u00e0\u0080\u0080",
        "\u00e0\u009f\u00bf",
        "\u00e2\u0082",
        "\u00e2\u0082A",
        "\u00e2A\u0082",
        "\u00ed\u00a0\u0080",
        "\u00ed\u00bf\u00bf",
        "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
        "\u00f0\u0080\u0080\u0080",
        "\u00f0\u008f\u00bf\u00bf",
        "\u00f0\u009f\u0098",
        "\u00f0\u009f\u0098A",
        "\u00f4\u0090\u0080\u0080",
        "\u00f5\u0080\u0080\u0080",
        "\u00f8\u0088\u0080\u0080\u0080",
        "\u00fe",
        "\u00ff",
        "\u00e9"
      })
  void isNotUtf8(String bytes) {
    judge(("\"" + bytes + "\"").getBytes(ISO_8859_1), false);
    judge(("\"abcdef" + bytes).getBytes(ISO_8859_1), false);
    judge(("1" + bytes).getBytes(ISO_8859_1), false);
  }
}
