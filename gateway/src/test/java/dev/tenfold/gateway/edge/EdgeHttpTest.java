package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.edge.RawClient.Reply;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** HTTP as callers speak it, well and badly, over real sockets. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeHttpTest {
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
  void aConnectionServesManyCalls() throws Exception {
    try (RawClient client = fixture.client()) {
      for (int i = 0; i < 3; i++) {
        Reply reply = client.call(CALL);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(ANSWER);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-status")).isEqualTo("Tenfold; hit");
      }
    }
  }

  @Test
  void pipelinedCallsAreAnsweredInOrder() throws Exception {
    try (RawClient client = fixture.client()) {
      String slow = "{\"jsonrpc\":\"2.0\",\"id\":\"slow\",\"method\":\"wait\"}";
      client.say(RawClient.post("/", slow) + RawClient.post("/", CALL) + RawClient.post("/", CALL));
      Await.until(() -> !fixture.waiting.isEmpty());
      fixture.waiting.remove().answer("true");
      assertThat(client.reply().body()).contains("\"slow\"");
      assertThat(client.reply().body()).isEqualTo(ANSWER);
      assertThat(client.reply().body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aChunkedBodyIsPutTogether() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < CALL.length(); i++) {
        client.say("1\r\n" + CALL.charAt(i) + "\r\n");
      }
      assertThat(client.say("0\r\n\r\n").reply().body()).isEqualTo(ANSWER);
      assertThat(client.call(CALL).body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aClientThatExpectsContinueIsToldToGoOn() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(
          "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
              + CALL.length()
              + "\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(100);
      assertThat(client.say(CALL).reply().body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void http10IsAnsweredAndClosed() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say("POST / HTTP/1.0\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL);
      assertThat(client.reply().body()).isEqualTo(ANSWER);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void http10WithKeepAliveGoesOn() throws Exception {
    try (RawClient client = fixture.client()) {
      String request =
          "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: "
              + CALL.length()
              + "\r\n\r\n"
              + CALL;
      assertThat(client.say(request).reply().header("connection")).isEqualTo("keep-alive");
      assertThat(client.say(request).reply().body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aPathThatNoChainHasIsNotFound() throws Exception {
    try (RawClient client = fixture.client()) {
      Reply reply = client.say(RawClient.post("/nowhere", CALL)).reply();
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.body()).contains("\"error\"").contains("\"id\":null");
    }
  }

  @Test
  void eachChainHasItsPathAndTheFirstIsAlsoTheRoot() throws Exception {
    try (RawClient client = fixture.client()) {
      assertThat(client.say(RawClient.post("/main", CALL)).reply().body()).isEqualTo(ANSWER);
      assertThat(client.say(RawClient.post("/other", CALL)).reply().body()).contains("\"other\"");
    }
  }

  @Test
  void otherMethodsAreRefusedWithAllow() throws Exception {
    for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH"}) {
      try (RawClient client = fixture.client()) {
        Reply reply = client.say(method + " / HTTP/1.1\r\nHost: x\r\n\r\n").reply();
        assertThat(reply.status()).as(method).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("POST, OPTIONS");
      }
    }
  }

  @Test
  void bothLengthAndChunkedIsRefused() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "0\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(400);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void twoLengthsAreRefused() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n12345");
      assertThat(client.reply().status()).isEqualTo(400);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aTransferCodingThatIsNotChunkedIsRefused() throws Exception {
    for (String coding : new String[] {"gzip, chunked", "identity", "chunked, identity"}) {
      try (RawClient client = fixture.client()) {
        client.say(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
        assertThat(client.reply().status()).as(coding).isEqualTo(400);
      }
    }
  }

  @Test
  void whatFollowsARequestOfUnknownLengthIsNotServed() throws Exception {
    for (String coding : new String[] {"identity", "xchunked"}) {
      try (RawClient client = fixture.client()) {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + coding + "\r\n\r\n";
        client.say(head + RawClient.post("/", CALL));
        assertThat(client.reply().status()).as(coding).isEqualTo(400);
        assertThat(client.isClosedByServer()).as(coding).isTrue();
      }
    }
  }

  @Test
  void aRequestWithoutHostOrWithTwoIsRefused() throws Exception {
    for (String hosts : new String[] {"", "Host: a\r\nHost: b\r\n"}) {
      try (RawClient client = fixture.client()) {
        client.say("POST / HTTP/1.1\r\n" + hosts + "Content-Length: 0\r\n\r\n");
        assertThat(client.reply().status()).as(hosts).isEqualTo(400);
      }
    }
  }

  @Test
  void aBrokenChunkIsRefused() throws Exception {
    for (String chunk : new String[] {"zz\r\nab\r\n", "-1\r\n", "1\nx\n", "1\r\nxyz\r\n"}) {
      try (RawClient client = fixture.client()) {
        client.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
        assertThat(client.reply().status()).as(chunk).isEqualTo(400);
        assertThat(client.isClosedByServer()).as(chunk).isTrue();
      }
    }
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(RawClient.post("/", CALL, "X-Large: " + "x".repeat(9_000)));
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(431);
      assertThat(reply.body()).contains("headers too large");
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItHasArrived() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + "x".repeat(66_000));
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyOfJustTheLimitIsServed() throws Exception {
    try (RawClient client = fixture.client()) {
      String padded = CALL + " ".repeat(EdgeFixture.LIMITS.bodyBytes() - CALL.length());
      assertThat(client.call(padded).body()).isEqualTo(ANSWER);
      assertThat(client.call(padded + " ").status()).isEqualTo(413);
    }
  }

  @Test
  void aRequestThatCameThroughUsIsRefused() throws Exception {
    try (RawClient client = fixture.client()) {
      Reply reply = client.say(RawClient.post("/", CALL, "Via: 1.1 tenfold-test")).reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("came through this gateway");
    }
  }

  @Test
  void healthSaysWhichChainIsNotReady() throws Exception {
    try (RawClient client = fixture.client()) {
      assertThat(client.say("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").reply().status())
          .isEqualTo(200);
      Reply ready = client.say("GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n").reply();
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("other").doesNotContain("main");
      Reply post = client.say(RawClient.post("/health/ready", "")).reply();
      assertThat(post.status()).isEqualTo(405);
      assertThat(post.header("allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void onlyPagesOfTheConfiguredOriginMayReadReplies() throws Exception {
    try (RawClient client = fixture.client()) {
      Reply known = client.say(RawClient.post("/", CALL, "Origin: https://app.example")).reply();
      assertThat(known.header("access-control-allow-origin")).isEqualTo("https://app.example");
      assertThat(known.header("vary")).containsIgnoringCase("origin");
      assertThat(known.headers()).doesNotContainKey("access-control-allow-credentials");
      Reply foreign = client.say(RawClient.post("/", CALL, "Origin: https://evil.example")).reply();
      assertThat(foreign.headers()).doesNotContainKey("access-control-allow-origin");
      assertThat(foreign.body()).isEqualTo(ANSWER);
    }
  }

  @Test
  void aPreflightIsAnswered() throws Exception {
    try (RawClient client = fixture.client()) {
      client.say(
          "OPTIONS /main HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example\r\n"
              + "Access-Control-Request-Method: POST\r\n\r\n");
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://app.example");
      assertThat(reply.header("access-control-allow-methods")).isEqualTo("POST");
      assertThat(reply.header("access-control-allow-headers")).isNotEmpty();
      client.say("OPTIONS / HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n");
      assertThat(client.reply().headers()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void aClientThatHangsUpIsSeenToBeGone() throws Exception {
    RawClient client = fixture.client();
    client.say(RawClient.post("/", "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}"));
    Await.until(() -> !fixture.waiting.isEmpty());
    EdgeFixture.Waiting call = fixture.waiting.remove();
    assertThat(call.request().caller().isGone()).isFalse();
    client.close();
    Await.until(() -> call.request().caller().isGone());
    call.answer("1");
  }

  @Test
  void aStageThatBreaksItsContractIsAnInternalError() throws Exception {
    try (RawClient client = fixture.client()) {
      Reply reply = client.call("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"break\"}");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.body()).contains("-32603").doesNotContain("planted");
      assertThat(fixture.broken.get()).isPositive();
    }
  }

  @Test
  void whatDoesNotArriveInTimeIsGivenUp() throws Exception {
    EdgeLimits quick = limits(Duration.ofMillis(100), Duration.ofMinutes(2), 100);
    try (EdgeFixture own = new EdgeFixture(quick);
        RawClient head = own.client();
        RawClient body = own.client()) {
      head.say("POST / HTTP/1.1\r\nHost: x\r\n");
      body.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{");
      for (RawClient slow : new RawClient[] {head, body}) {
        Reply reply = slow.reply();
        assertThat(reply.status()).isEqualTo(408);
        assertThat(reply.body()).contains("did not arrive in time");
        assertThat(slow.isClosedByServer()).isTrue();
      }
    }
  }

  @Test
  void aCallThatTakesLongIsNotASlowClient() throws Exception {
    try (EdgeFixture own =
            new EdgeFixture(limits(Duration.ofMillis(50), Duration.ofMinutes(2), 9));
        RawClient client = own.client()) {
      client.say(RawClient.post("/", "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}"));
      Await.until(() -> !own.waiting.isEmpty());
      own.addedNanos.set(TimeUnit.SECONDS.toNanos(10));
      try (RawClient witness = own.client()) {
        witness.say("POST / HTTP/1.1\r\n");
        own.addedNanos.set(TimeUnit.SECONDS.toNanos(20));
        assertThat(witness.reply().status()).isEqualTo(408);
      }
      own.waiting.remove().answer("\"late\"");
      assertThat(client.reply().body()).contains("late");
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (EdgeFixture own =
            new EdgeFixture(limits(Duration.ofSeconds(9), Duration.ofMillis(50), 100));
        RawClient client = own.client()) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void oneConnectionTooManyIsRefused() throws Exception {
    try (EdgeFixture own =
            new EdgeFixture(limits(Duration.ofSeconds(9), Duration.ofMinutes(2), 1));
        RawClient first = own.client()) {
      assertThat(first.call(CALL).status()).isEqualTo(200);
      try (RawClient second = own.client()) {
        assertThat(second.reply().status()).isEqualTo(503);
        assertThat(second.isClosedByServer()).isTrue();
      }
      assertThat(first.call(CALL).status()).isEqualTo(200);
    }
  }

  @Test
  void aStopAnswersWhatIsInFlightAndTakesNothingNew() throws Exception {
    try (EdgeFixture own = new EdgeFixture();
        RawClient client = own.client();
        RawClient idle = own.client()) {
      assertThat(idle.call(CALL).status()).isEqualTo(200);
      client.say(RawClient.post("/", "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}"));
      Await.until(() -> !own.waiting.isEmpty());
      own.edge().announceStop();
      var stopped = own.edge().shutdown(10_000);
      assertThat(idle.isClosedByServer()).isTrue();
      own.waiting.remove().answer("\"still\"");
      assertThat(client.reply().body()).contains("still");
      stopped.await(10, TimeUnit.SECONDS);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  private static EdgeLimits limits(Duration arrival, Duration idle, int connections) {
    return new EdgeLimits(
        65_536,
        10,
        8_192,
        32,
        arrival.toNanos(),
        idle.toNanos(),
        connections,
        30_000_000_000L,
        1 << 20);
  }
}
