package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.edge.RawClient.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** JSON-RPC 2.0 to the letter, over a real socket. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeJsonRpcTest {
  private static final String NULL_ID = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":";

  private EdgeFixture fixture;
  private RawClient client;

  @BeforeAll
  void start() throws Exception {
    fixture = new EdgeFixture();
    client = fixture.client();
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    fixture.close();
  }

  @Test
  void identifiersComeBackByteForByte() throws Exception {
    List<String> ids =
        List.of(
            "1",
            "1.5",
            "1e2",
            "-0",
            "0.0",
            "1234567890123456789012345678901234567890",
            "\"a\"",
            "\"\\u0061\\n\\\"\"",
            "\"\u00e9\ud83d\ude00\"",
            "\"\"",
            "null",
            "\"\\ud800\"");
    for (String id : ids) {
      Reply reply = client.call("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}");
      assertThat(reply.body())
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"none\"}");
    }
  }

  @Test
  void membersMayStandInAnyOrderAndBeEscaped() throws Exception {
    Reply reply =
        client.call(
            " {\"x\":{\"id\":3}, \"params\" : [1] ,\"\\u006dethod\":\"m\","
                + "\"\\u0069d\":5,\"jsonrpc\":\"2.\\u0030\"}\n");
    assertThat(reply.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":[1]}");
  }

  @Test
  void aNotificationIsNotAnswered() throws Exception {
    Reply reply = client.call("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void aNotificationIsCarriedOut() throws Exception {
    fixture.seen.clear();
    client.call("{\"jsonrpc\":\"2.0\",\"method\":\"carriedOut\"}");
    assertThat(fixture.seen).containsExactly("carriedOut");
  }

  @Test
  void aBatchOfNotificationsOnlyIsNotAnswered() throws Exception {
    String one = "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}";
    Reply reply = client.call("[" + one + "," + one + "]");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void aBatchIsAnsweredMemberByMember() throws Exception {
    Reply reply =
        client.call(
            " \t\n[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[1]},7,"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"m\"},{\"foo\":\"boo\"},"
                + "{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"method\":\"m\",\"params\":{}}]");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .startsWith("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[1]}," + NULL_ID)
        .endsWith(",{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{}}]");
    assertThat(reply.body().split("-32600", -1)).hasSize(3);
    assertThat(reply.header("cache-status")).isEqualTo("Tenfold; hit; detail=\"hit=3, refused=2\"");
  }

  @Test
  void anEmptyBatchIsOneError() throws Exception {
    for (String empty : List.of("[]", " [ ] ")) {
      Reply reply = client.call(empty);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).startsWith(NULL_ID).contains("-32600");
    }
  }

  @Test
  void aBatchThatIsTooLargeIsRefused() throws Exception {
    String one = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}";
    Reply just = client.call("[" + (one + ",").repeat(9) + one + "]");
    assertThat(just.body().split("result", -1)).hasSize(11);
    Reply more = client.call("[" + (one + ",").repeat(10) + one + "]");
    assertThat(more.status()).isEqualTo(413);
    assertThat(more.body()).startsWith(NULL_ID).contains("-32600", "too many calls");
  }

  @Test
  void anInvalidRequestKeepsTheIdThatCouldBeRead() throws Exception {
    List<String> members =
        List.of(
            "\"jsonrpc\":\"1.0\",\"method\":\"m\"",
            "\"method\":\"m\"",
            "\"jsonrpc\":\"2.0\"",
            "\"jsonrpc\":\"2.0\",\"method\":1",
            "\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":\"bar\"",
            "\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":null",
            "\"jsonrpc\":\"2.0\",\"method\":\"m\",\"method\":\"m\"");
    for (String member : members) {
      Reply reply = client.call("{\"id\":41," + member + "}");
      assertThat(reply.status()).as(member).isEqualTo(200);
      assertThat(reply.body())
          .as(member)
          .startsWith("{\"jsonrpc\":\"2.0\",\"id\":41,\"error\":{\"code\":-32600,");
    }
  }

  @Test
  void anIdThatIsNoneOrStandsTwiceIsAnsweredWithNull() throws Exception {
    for (String id : List.of("\"id\":[1],", "\"id\":{},", "\"id\":true,", "\"id\":1,\"id\":2,")) {
      Reply reply = client.call("{" + id + "\"jsonrpc\":\"2.0\",\"method\":\"m\"}");
      assertThat(reply.body()).as(id).startsWith(NULL_ID).contains("-32600");
    }
  }

  @Test
  void whatIsNotJsonIsAParseError() throws Exception {
    for (String bad :
        List.of("", " ", "{", "nul", "{\"jsonrpc\":\"2.0\",}", "[1,]", "\ufeff{}", "{}x")) {
      Reply reply = client.call(bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.body()).as(bad).startsWith(NULL_ID).contains("-32700");
    }
  }

  @Test
  void whatIsNotUtf8IsAParseError() throws Exception {
    byte[][] bodies = {
      {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
      {'"', (byte) 0xc0, (byte) 0x80, '"'},
      {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
      {'"', 0, '"'},
      {'{', '}', 0}
    };
    for (byte[] body : bodies) {
      client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n");
      Reply reply = client.say(body).reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("-32700");
    }
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() throws Exception {
    String deep = "[".repeat(40_000);
    Reply reply = client.call(deep);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("-32700", "nested too deeply");
  }

  @Test
  void jsonThatIsNoCallIsAnInvalidRequest() throws Exception {
    for (String value : List.of("1", "\"a\"", "null", "true")) {
      Reply reply = client.call(value);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).startsWith(NULL_ID).contains("-32600");
    }
  }

  @Test
  void aCallThatMayChangeSomethingKeepsItsPlaceInABatch() throws Exception {
    fixture.seen.clear();
    String read = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBalance\"}";
    String change = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"wait\"}";
    client.say(RawClient.post("/", "[" + read + "," + change + "," + read + "]"));
    Await.until(() -> !fixture.waiting.isEmpty());
    assertThat(fixture.seen).containsExactly("eth_getBalance", "wait");
    fixture.waiting.remove().answer("\"changed\"");
    assertThat(client.reply().body().split("result", -1)).hasSize(4);
    assertThat(fixture.seen).containsExactly("eth_getBalance", "wait", "eth_getBalance");
  }
}
