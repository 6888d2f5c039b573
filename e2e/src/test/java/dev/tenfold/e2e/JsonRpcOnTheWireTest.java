package dev.tenfold.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON-RPC 2.0 to the letter, byte by byte, through Tenfold to a real node. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class JsonRpcOnTheWireTest {
  private static final Setup setup = new Setup();
  private static int port;

  @BeforeAll
  static void start() {
    AnvilProcess anvil = setup.anvil();
    anvil.mine(5);
    port = setup.tenfold(anvil.url()).port();
  }

  @AfterAll
  static void stop() {
    setup.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "1e2",
        "-0",
        "1E+2",
        "0",
        "null",
        "9007199254740993",
        "\"\"",
        "\"1\"",
        "\"a b\"",
        "1234567890123456789012345678901234567890",
        "-1.50",
        "\"\\u0041\\n\\/\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud800\"",
        "\"✓\""
      })
  void anIdComesBackByteForByte(String id) {
    // one call that is answered here, one that goes to the node, one that fails
    for (String method : new String[] {"eth_chainId", "eth_gasPrice", "no_suchMethod"}) {
      Wire.Response response =
          send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}");
      assertThat(response.status()).isEqualTo(200);
      assertThat(RawJson.member(response.body(), "id")).as(method).isEqualTo(id);
    }
  }

  @Test
  void aNotificationIsNotAnswered() {
    for (String method : new String[] {"eth_chainId", "eth_gasPrice", "no_suchMethod"}) {
      Wire.Response response = send("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}");
      assertThat(response.status()).isIn(200, 202, 204);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void aBatchOfNotificationsOnlyIsNotAnswered() {
    String one = "{\"jsonrpc\":\"2.0\",\"method\":\"eth_chainId\"}";
    Wire.Response response = send("[" + one + "," + one + "]");
    assertThat(response.status()).isIn(200, 202, 204);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void anEmptyBatchIsOneError() {
    Wire.Response response = send("[]");
    assertThat(response.body()).startsWith("{").contains("-32600");
    assertThat(RawJson.member(response.body(), "id")).isEqualTo("null");
  }

  @Test
  void eachMemberOfAMixedBatchIsAnsweredForItself() {
    Wire.Response response =
        send(
            """
            [{"jsonrpc":"2.0","id":1,"method":"eth_chainId"},
             {"jsonrpc":"2.0","method":"eth_chainId"},
             7,
             {"jsonrpc":"2.0","id":"x","params":[]},
             {"jsonrpc":"2.0","id":2,"method":"no_suchMethod"},
             {"jsonrpc":"2.0","id":3,"method":"eth_getBlockByNumber","params":["0x1",false]}]\
            """);
    assertThat(response.status()).isEqualTo(200);
    assertThat(BatchText.members(response.body()))
        .satisfiesExactly(
            first -> assertThat(RawJson.member(first, "result")).isEqualTo("\"0x7a69\""),
            number -> assertThat(number).contains("-32600").contains("\"id\":null"),
            noMethod -> assertThat(noMethod).contains("-32600").contains("\"id\":\"x\""),
            unknown -> assertThat(unknown).contains("-32601").contains("\"id\":2"),
            block -> assertThat(RawJson.member(block, "result")).contains("\"number\":\"0x1\""));
  }

  @Test
  void aBatchOfOneIsAnsweredByABatchOfOne() {
    Wire.Response response = send("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}]");
    assertThat(BatchText.members(response.body())).hasSize(1);
  }

  @Test
  void whiteSpaceBeforeABatchIsFine() {
    Wire.Response response =
        send(" \r\n\t [ {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"} ] \n");
    assertThat(response.body()).startsWith("[").contains("\"0x7a69\"");
  }

  @Test
  void membersInAnyOrderWithEscapesInTheirNamesAreRead() {
    String escaped =
        "{\"p\\u0061rams\":[],\"m\\u0065thod\":\"eth_\\u0063hainId\",\"\\u0069d\":7,"
            + "\"json\\u0072pc\":\"2.0\",\"other\":{\"id\":9}}";
    Wire.Response response = send(escaped);
    assertThat(RawJson.member(response.body(), "id")).isEqualTo("7");
    assertThat(RawJson.member(response.body(), "result")).isEqualTo("\"0x7a69\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"method\":\"eth_gasPrice\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"m\\u0065thod\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":\"0x\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"eth_chainId\"}",
        "{}",
        "7",
        "\"eth_chainId\"",
        "null"
      })
  void whatIsJsonButNotACallIsAnInvalidRequest(String body) {
    Wire.Response response = send(body);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains("-32600").doesNotContain("\"result\"");
  }

  @Test
  void theIdOfAnInvalidRequestComesBackWhereItCouldBeRead() {
    String body = send("{\"jsonrpc\":\"2.0\",\"id\":4e1,\"method\":false}").body();
    assertThat(RawJson.member(body, "id")).isEqualTo("4e1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"} x",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",}",
        "{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":+1,\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"eth_chainId\"}",
        "{'jsonrpc':'2.0','id':1,'method':'eth_chainId'}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_\nchainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_\\qchainId\"}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"},]",
        "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}\0",
        "{\"jsonrpc\":\"2.0\",\"id\":\"\0\",\"method\":\"eth_chainId\"}"
      })
  void whatIsNotJsonIsAParseError(String body) {
    assertIsParseError(send(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u00c0\u00af",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u0080"
      })
  void invalidUtf8IsAParseError(String bytes) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[\"" + bytes + "\"]}";
    assertIsParseError(Wire.exchange(port, body.getBytes(ISO_8859_1)));
  }

  @Test
  void nestingTooDeepIsRefusedAndLeavesTheConnectionUsable() {
    String deep = "[".repeat(50_000) + "]".repeat(50_000);
    String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_call\",\"params\":" + deep + "}";
    try (Wire wire = Wire.to(port)) {
      assertIsParseError(wire.send(Wire.post(call)).read());
      String next = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"eth_chainId\"}";
      assertThat(wire.send(Wire.post(next)).read().body()).contains("0x7a69");
    }
  }

  @Test
  void aBatchOverTheLimitIsRefusedAsAWhole() {
    String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
    Wire.Response response = send("[" + (call + ",").repeat(100) + call + "]");
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.body()).contains("-32600").doesNotContain("result");
  }

  private static void assertIsParseError(Wire.Response response) {
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("-32700");
    assertThat(RawJson.member(response.body(), "id")).isEqualTo("null");
  }

  private static Wire.Response send(String body) {
    return Wire.exchange(port, body.getBytes(UTF_8));
  }
}
