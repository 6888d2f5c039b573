package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.MissReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast path says what the ordinary way says, and only where nothing else is under way. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FastPathTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[7]}";
  private static final String BATCH = "[" + CALL + ", " + CALL.replace(":1,", ":\"two\",") + "]";
  private static final String WAIT = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"wait\"}";
  private static final String LAST =
      RawClient.post("/", WAIT.replace("wait", "end"), "Connection: close");

  private EdgeFixture fast;
  private EdgeFixture ordinary;

  @BeforeAll
  void start() throws Exception {
    fast = new EdgeFixture();
    ordinary = new EdgeFixture(EdgeFixture.LIMITS, Optional.empty(), false);
  }

  @AfterAll
  void stop() throws Exception {
    fast.close();
    ordinary.close();
  }

  static List<String> plain() {
    return List.of(
        RawClient.post("/", CALL),
        RawClient.post("/main", CALL),
        RawClient.post("/", BATCH),
        RawClient.post("/", " " + CALL + "\r\n"),
        RawClient.post("/", CALL, "Connection: Keep-Alive", "User-Agent: x", "accept: */*"),
        RawClient.post("/", CALL, "Accept-Encoding: gzip, deflate"),
        RawClient.post("/", CALL.replace("[7]", "[\"" + "x".repeat(1200) + "\"]")),
        RawClient.post("/", CALL, "Content-Type:application/json", "X-Request-Id:"),
        RawClient.post("/", CALL) + RawClient.post("/", BATCH) + RawClient.post("/", CALL));
  }

  static List<String> others() {
    String large = CALL.replace("[7]", "[\"" + "x".repeat(3000) + "\"]");
    return List.of(
        RawClient.post("/nowhere", CALL),
        RawClient.post("/other", CALL),
        RawClient.post("/?x=1", CALL),
        RawClient.post("/", ""),
        RawClient.post("/", "{"),
        RawClient.post("/", "[]"),
        RawClient.post("/", CALL.replace("\"2.0\"", "\"1.0\"")),
        RawClient.post("/", CALL.replace("\"id\":1,", "")),
        RawClient.post("/", "[" + CALL + "," + CALL.replace("\"id\":1,", "") + "]"),
        RawClient.post("/", CALL, "Origin: https://app.example"),
        RawClient.post("/", CALL, "Origin: https://evil.example"),
        RawClient.post("/", CALL, "Via: 1.1 tenfold-test"),
        RawClient.post("/", CALL, "Host: second"),
        RawClient.post("/", CALL, "Content-Length: 5"),
        RawClient.post("/", CALL, "Transfer-Encoding: chunked"),
        RawClient.post("/", CALL, "X-Unheard-Of: 1"),
        RawClient.post("/", CALL, "Content-Encoding: br"),
        RawClient.post("/", CALL, "Expect: 100-continue"),
        RawClient.post("/", CALL, "Connection: close"),
        RawClient.post("/", large, "Accept-Encoding: gzip"),
        RawClient.post("/", CALL).replace("HTTP/1.1", "HTTP/1.0"),
        RawClient.post("/", CALL).replace("Host: localhost\r\n", ""),
        RawClient.post("/", CALL).replace("\r\n", "\n"),
        RawClient.post("/", CALL).replace("Host:", "Host :"),
        RawClient.post("/", CALL).replace("Content-Length: ", "Content-Length: +"),
        RawClient.post("/", CALL, "User-Agent: a\r\n folded"),
        RawClient.post("/", CALL, "User-Agent: a\0b"),
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n",
        "OPTIONS / HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("plain")
  void aPlainRequestGetsTheVeryBytesOfTheOrdinaryWay(String request) throws Exception {
    long before = fast.fastHits.get();
    assertThat(all(fast, request + LAST)).isEqualTo(all(ordinary, request + LAST));
    assertThat(fast.fastHits.get() - before).as("calls that took it").isPositive();
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNotPlainGoesTheOrdinaryWay(String request) throws Exception {
    long before = fast.fastHits.get();
    assertThat(all(fast, request)).isEqualTo(all(ordinary, request));
    assertThat(fast.fastHits.get()).isEqualTo(before);
  }

  @Test
  void whateverIsDoneToARequestTheReplyIsThatOfTheOrdinaryWay() throws Exception {
    Random random = new Random(5);
    List<String> seeds = new ArrayList<>(plain());
    seeds.addAll(others());
    long before = fast.fastHits.get();
    for (int i = 0; i < 600; i++) {
      String first = random.nextBoolean() ? plain().get(random.nextInt(4)) : "";
      String request = first + mutated(seeds.get(random.nextInt(seeds.size())), random);
      assertThat(all(fast, request)).as(request).isEqualTo(all(ordinary, request));
    }
    assertThat(fast.fastHits.get()).as("calls that took it").isGreaterThan(before + 200);
  }

  @Test
  void repliesComeInTheOrderOfRequestsWhateverWayTheyTake() throws Exception {
    try (RawClient client = fast.client()) {
      client.say(RawClient.post("/", CALL) + RawClient.post("/", WAIT) + RawClient.post("/", CALL));
      assertThat(client.reply().body()).contains("[7]");
      EdgeFixture.Waiting waiting = awaiting();
      client.say(RawClient.post("/", CALL));
      waiting.end(EdgeFixture.result("\"waited\"", CacheStatus.miss(MissReason.COLD)));
      assertThat(client.reply().body()).contains("waited");
      assertThat(client.reply().body()).contains("[7]");
      assertThat(client.reply().body()).contains("[7]");
    }
  }

  @Test
  void aReplyThatIsCompressedElsewhereIsNotOvertaken() throws Exception {
    try (RawClient client = fast.client()) {
      client.say(RawClient.post("/", WAIT, "Accept-Encoding: gzip"));
      EdgeFixture.Waiting waiting = awaiting();
      String json = "\"" + "y".repeat(200_000) + "\"";
      waiting.end(EdgeFixture.result(json, CacheStatus.miss(MissReason.COLD)));
      client.say(RawClient.post("/", CALL));
      assertThat(client.reply().header("content-encoding")).isEqualTo("gzip");
      assertThat(client.reply().body()).contains("[7]");
    }
  }

  @Test
  void aRequestInPiecesIsServedToo() throws Exception {
    String request = RawClient.post("/", CALL);
    for (int cut = 1; cut < request.length(); cut++) {
      try (RawClient client = fast.client()) {
        client.say(RawClient.post("/", CALL) + request.substring(0, cut));
        assertThat(client.reply().status()).isEqualTo(200);
        client.say(request.substring(cut) + RawClient.post("/", CALL));
        assertThat(client.reply().body()).contains("[7]");
        assertThat(client.reply().body()).contains("[7]");
      }
    }
  }

  @Test
  void afterARequestThePrefaceOfHttp2IsARequestLikeAnyOther() throws Exception {
    String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    String request = RawClient.post("/", CALL) + preface;
    assertThat(all(fast, request)).isEqualTo(all(ordinary, request)).contains("[7]");
  }

  private EdgeFixture.Waiting awaiting() throws Exception {
    Await.until(() -> !fast.waiting.isEmpty());
    return fast.waiting.remove();
  }

  /** All that the server says until it closes, to a client that says no more. */
  private static String all(EdgeFixture server, String request) throws Exception {
    try (RawClient client = server.client()) {
      client.say(request.getBytes(StandardCharsets.ISO_8859_1)).endsHere();
      return client.everything();
    }
  }

  private static String mutated(String request, Random random) {
    StringBuilder changed = new StringBuilder(request);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(5)) {
        case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
        case 1 -> changed.deleteCharAt(at);
        case 2 -> changed.insert(at, (char) random.nextInt(256));
        case 3 -> changed.insert(at, "\r\n");
        default -> changed.insert(at, changed.substring(at, Math.min(at + 20, changed.length())));
      }
    }
    return changed.toString();
  }
}
