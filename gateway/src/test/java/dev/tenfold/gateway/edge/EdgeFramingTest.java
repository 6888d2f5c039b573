package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.edge.RawClient.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Where a request ends, and whether the connection can be used after it. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeFramingTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";
  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[7]}";

  private EdgeFixture fixture;

  @BeforeAll
  void start() throws Exception {
    fixture = new EdgeFixture();
  }

  @AfterAll
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void severalLinesOfTransferEncodingAreRefused() throws Exception {
    for (String second : new String[] {"identity", "chunked", "gzip"}) {
      try (RawClient client = fixture.client()) {
        client.say(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
                + second
                + "\r\n\r\n0\r\n\r\n");
        assertThat(client.reply().status()).as(second).isEqualTo(400);
        assertThat(client.isClosedByServer()).as(second).isTrue();
      }
    }
  }

  @Test
  void aLoopIsSeenInWhicheverLineOfViaItStands() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", CALL, "Via: 1.1 proxy.example", "Via: 1.1 tenfold-test"));
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("came through this gateway");
    }
  }

  @Test
  void whoExpectsContinueWithABodyTooLargeIsRefusedBeforeSendingIt() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(
          "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(413);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anExpectationOfHttp10IsIgnored() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(
          "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: "
              + CALL.length()
              + "\r\n\r\n"
              + CALL);
      assertThat(client.reply().body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aConnectionGoesOnAfterARefusedRequestWithoutBody() throws Exception {
    String[] refused = {"GET / HTTP/1.1", "GET /nowhere HTTP/1.1", "DELETE /main HTTP/1.1"};
    try (RawClient client = fixture.client()) {
      for (String request : refused) {
        client.say(request + "\r\nHost: x\r\n\r\n" + RawClient.post("/", CALL));
        Reply reply = client.reply();
        assertThat(reply.status()).as(request).isBetween(404, 405);
        assertThat(reply.header("connection")).as(request).isEmpty();
        assertThat(client.reply().body()).as(request).isEqualTo(ANSWER);
      }
    }
  }

  @Test
  void theServerAsAWholeSaysWhichMethodsItHas() throws Exception {
    try (RawClient client = fixture.client()) {
      Reply reply = client.say("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").reply();
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header("allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
      assertThat(client.call(CALL).body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void everyReplyHasACacheStatus() throws Exception {
    String[] requests = {
      RawClient.post("/", CALL),
      RawClient.post("/", "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}"),
      RawClient.post("/", "{"),
      RawClient.post("/nowhere", CALL),
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
      "OPTIONS / HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n",
      "not HTTP\r\n\r\n",
    };
    for (String request : requests) {
      try (RawClient client = fixture.client()) {
        Reply reply = client.say(request).reply();
        assertThat(reply.header("cache-status")).as(request).startsWith("Tenfold; ");
      }
    }
  }

  @Test
  void aReplyOnTheBareSocketHasACacheStatus() throws Exception {
    EdgeLimits all = EdgeFixture.LIMITS;
    EdgeLimits quick =
        new EdgeLimits(
            all.bodyBytes(),
            all.batchCalls(),
            all.headerBytes(),
            all.depth(),
            Duration.ofMillis(50).toNanos(),
            all.idleNanos(),
            all.connections(),
            all.callNanos(),
            all.bufferedBytes());
    try (EdgeFixture own = new EdgeFixture(quick);
        RawClient client = own.client()) {
      Reply reply = client.say("POST / HTTP/1.1\r\n").reply();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.header("cache-status")).isEqualTo("Tenfold; detail=refused");
    }
  }
}
