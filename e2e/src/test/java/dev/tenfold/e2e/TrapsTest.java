package dev.tenfold.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.e2e.ScriptedNode.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other gateways got wrong. The node says back what it was asked, and how often. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class TrapsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Setup setup = new Setup();
  private static ScriptedNode node;
  private static TenfoldProcess tenfold;

  /** The node's newest block. */
  private static final AtomicLong HEAD = new AtomicLong(0x100);

  /** Each answer is another one, over all tests, so that an answer that was kept shows. */
  private static final AtomicInteger ANSWERS = new AtomicInteger();

  @BeforeAll
  static void start() {
    node = setup.scripted();
    tenfold = setup.tenfold(node.url());
  }

  @AfterAll
  static void stop() {
    setup.close();
  }

  @BeforeEach
  void answerDifferentlyEachTime() {
    for (String method :
        List.of(
            "eth_getLogs",
            "eth_call",
            "eth_getBalance",
            "eth_getStorageAt",
            "trace_call",
            "eth_getBlockTransactionCountByNumber",
            "debug_traceBlockByNumber",
            "eth_newFilter",
            "eth_sendRawTransaction",
            "net_peerCounts",
            "some_unknownMethod",
            "txpool_status")) {
      node.on(method, request -> Reply.result(request, "\"0x" + ANSWERS.incrementAndGet() + "\""));
    }
  }

  @Test
  void topicsWithAOrBAndTopicsWithAThenBDoNotShareAnAnswer() {
    String logs = "[{\"fromBlock\":\"0x1\",\"toBlock\":\"0x2\",\"topics\":%s}]";
    String a = "\"0x" + "a".repeat(64) + "\"";
    String b = "\"0x" + "b".repeat(64) + "\"";
    String either = kept("eth_getLogs", logs.formatted("[[" + a + "," + b + "]]"));
    String both = kept("eth_getLogs", logs.formatted("[" + a + "," + b + "]"));
    assertThat(both).isNotEqualTo(either);
  }

  @Test
  void aTracerInJavaScriptKeepsItsCase() {
    String upper = kept("debug_traceBlockByNumber", "[\"0x3\",{\"tracer\":\"{step: F}\"}]");
    String lower = kept("debug_traceBlockByNumber", "[\"0x3\",{\"tracer\":\"{step: f}\"}]");
    assertThat(lower).isNotEqualTo(upper);
  }

  @Test
  void whiteSpaceTheOrderOfMembersAndTheCaseOfHexDigitsAreNoMiss() {
    String first = kept("eth_call", "[{\"to\":\"0xABCD\",\"data\":\"0xff\"},\"0x4\"]");
    JsonRpcClient.Answer second =
        tenfold.call("eth_call", "[ {\"data\" : \"0xFF\", \"t\\u006f\":\"0xabcd\"} , \"0x4\" ]");
    assertThat(second.isHit()).isTrue();
    assertThat(second.result()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          eth_call         | [{"to":"0x1"},"latest"]
          eth_call         | [{"to":"0x1"}]
          eth_call         | [{"to":"0x1"},{"blockNumber":"latest"}]
          eth_call         | [{"to":"0x1"},"pending"]
          eth_getBalance   | ["0x1","latest"]
          eth_getBlockTransactionCountByNumber | ["latest"]
          eth_getStorageAt | ["0x1","0x2","latest"]
          trace_call       | [{"to":"0x1"},["trace"],"latest"]
          eth_getLogs      | [{"fromBlock":"0x1","toBlock":"latest"}]
          eth_getLogs      | [{"fromBlock":"0x1"}]
          """)
  void anAnswerAboutATagIsNotKeptAsIfItWereForEver(String method, String params) {
    String first = tenfold.call(method, params).result();
    long head = HEAD.incrementAndGet();
    node.on("eth_getBlockByNumber", ScriptedNode.Blocks.block(head));
    String number = "\"0x" + Long.toHexString(head) + '"';
    Eventually.until(
        "the new head is seen",
        Duration.ofSeconds(10),
        () -> tenfold.call("eth_blockNumber", "[]").result().equals(number));
    assertThat(tenfold.call(method, params).result()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          eth_getBlockTransactionCountByNumber | ["0x11"]
          eth_getStorageAt | ["0x1","0x2","0x11"]
          eth_getBalance   | ["0x1","0x11"]
          trace_call       | [{"to":"0x1"},["trace"],"0x11"]
          eth_call         | [{"to":"0x1"},{"blockNumber":"0x11"}]
          """)
  void theRightParameterIsReadAsTheBlock(String method, String params) {
    assertThat(kept(method, params)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"some_unknownMethod", "net_peerCounts", "txpool_status"})
  void aMethodThatNoTableNamesIsNeverKept(String method) {
    String first = tenfold.call(method, "[]").result();
    assertThat(tenfold.call(method, "[]").result()).isNotEqualTo(first);
  }

  @Test
  void anAnswerOfManyKilobytesIsKept() {
    String large = "\"0x" + "5".repeat(300_000) + "\"";
    node.on("eth_call", large);
    assertThat(kept("eth_call", "[{\"to\":\"0x9\"},\"0x5\"]")).isEqualTo(large);
  }

  @Test
  void anAnswerLargerThanWhatIsReadWholeComesWhole() {
    String large = "\"0x" + "7".repeat(5_000_000) + "\"";
    node.on("eth_call", large);
    assertThat(tenfold.call("eth_call", "[{\"to\":\"0x9\"},\"0x6\"]").result()).isEqualTo(large);
  }

  @Test
  void aResultIsNeverParsedAndPrintedAgain() {
    String odd = "{\"b\":1.10,\"a\":[1e2, -0.0 ],\"c\":\"\\u0041\\/\\ud83d\\ude00 ✓\",\"b\":null}";
    node.on(
        "eth_call",
        request ->
            Reply.of(
                "{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + odd + "}"));
    String params = "[{\"to\":\"0x10\"},\"0x5\"]";
    for (int i = 0; i < 3; i++) {
      assertThat(tenfold.call("eth_call", params).body()).contains("\"result\":" + odd);
    }
  }

  @Test
  void twoLargeRequestsDoNotShareAnAnswer() {
    String params = "[{\"to\":\"0x1\",\"data\":\"0x" + "0".repeat(200_000) + "%d\"},\"0x4\"]";
    assertThat(kept("eth_call", params.formatted(1)))
        .isNotEqualTo(kept("eth_call", params.formatted(2)));
  }

  @Test
  void anErrorIsNotKept() {
    String params = "[{\"to\":\"0x11\"},\"0x5\"]";
    node.on("eth_call", r -> Reply.error(r, "{\"code\":-32000,\"message\":\"header not found\"}"));
    assertThat(tenfold.call("eth_call", params).body()).contains("header not found");
    node.on("eth_call", "\"0x1\"");
    assertThat(tenfold.call("eth_call", params).result()).isEqualTo("\"0x1\"");
  }

  @Test
  void theNullOfABlockToComeIsNotKept() {
    node.on("eth_getBlockReceipts", "null");
    assertThat(tenfold.call("eth_getBlockReceipts", "[\"0x101\"]").result()).isEqualTo("null");
    node.on("eth_getBlockReceipts", "[]");
    assertThat(tenfold.call("eth_getBlockReceipts", "[\"0x101\"]").result()).isEqualTo("[]");
  }

  @Test
  void aPendingTransactionsReceiptIsNoFailureOfTheNode() {
    node.on("eth_getTransactionReceipt", "null");
    long before = node.timesAsked("eth_getTransactionReceipt");
    String hash = "[\"0x" + "3".repeat(64) + "\"]";
    for (int i = 0; i < 5; i++) {
      assertThat(tenfold.call("eth_getTransactionReceipt", hash).result()).isEqualTo("null");
    }
    assertThat(node.timesAsked("eth_getTransactionReceipt") - before).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          eth_newFilter | [{"fromBlock":"0x1"}]
          eth_sendRawTransaction | ["0x02f8"]
          some_unknownMethod | [1]
          """)
  void equalCallsInFlightThatMayNotBeSharedAreNot(String method, String params) throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    node.on(
        method,
        request -> {
          both.countDown();
          boolean arrived = both.await(10, TimeUnit.SECONDS);
          return Reply.result(
              request, arrived ? "\"0x" + ANSWERS.incrementAndGet() + "\"" : "null");
        });
    List<CompletableFuture<JsonRpcClient.Answer>> calls =
        Stream.of(1, 2).map(i -> JsonRpcClient.callLater(tenfold.url(), method, params)).toList();
    String one = calls.getFirst().get().result();
    assertThat(calls.getLast().get().result()).isNotEqualTo(one).isNotEqualTo("null");
  }

  @Test
  void oneCallerThatHangsUpDoesNotFailTheOthersThatWait() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    node.on(
        "eth_call",
        request -> {
          asked.countDown();
          answer.await();
          return Reply.result(request, "\"0x77\"");
        });
    long before = node.timesAsked("eth_call");
    String params = "[{\"to\":\"0x12\"},\"0x5\"]";
    CompletableFuture<JsonRpcClient.Answer> waiting;
    try (Wire leaving = Wire.to(tenfold.port())) {
      leaving.send(Wire.post(JsonRpcClient.request("eth_call", params)));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      waiting = JsonRpcClient.callLater(tenfold.url(), "eth_call", params);
      // a call that was sent after it on the same path is answered: so it has joined by now
      assertThat(tenfold.call("eth_chainId", "[]").hasResult()).isTrue();
    }
    assertThat(tenfold.call("eth_chainId", "[]").hasResult()).isTrue();
    answer.countDown();
    assertThat(waiting.get(10, TimeUnit.SECONDS).result()).isEqualTo("\"0x77\"");
    assertThat(node.timesAsked("eth_call") - before).isLessThanOrEqualTo(2);
  }

  @Test
  void aLoopToItselfIsRefused() {
    TenfoldProcess second = setup.tenfold(tenfold.url());
    assertThat(second.call("eth_chainId", "[]").result()).isEqualTo("\"0x7a69\"");
    try (Wire wire = Wire.to(tenfold.port())) {
      String call = JsonRpcClient.request("eth_getBalance", "[\"0x1\",\"latest\"]");
      assertThat(wire.send(Wire.post(call, "Via: 1.1 other-proxy")).read().body())
          .contains("\"result\"");
    }
  }

  /** The result, once it is seen that a second call is answered with the same from memory. */
  private static String kept(String method, String params) {
    Eventually.until("a hit", PATIENCE, () -> tenfold.call(method, params).isHit());
    return tenfold.call(method, params).result();
  }
}
