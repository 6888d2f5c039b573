package dev.tenfold.gateway.upstream;

import static dev.tenfold.gateway.upstream.NodeBench.ATTEMPT;
import static dev.tenfold.gateway.upstream.NodeBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.HeadSource.Said;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.upstream.ScriptedNode.Script;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class UpstreamTest extends OneNode {
  private static Failure failure(RpcReply reply) {
    assertThat(reply).isInstanceOf(RpcReply.RpcError.class);
    return ((RpcReply.RpcError) reply).failure();
  }

  @Test
  void theParametersGoOutAsTheyCameInUnderAnIdOfOurOwn() {
    ask("eth_call", "[ {\"to\":\"0xAB\"}, \"latest\" ]", exchange -> exchange.result("\"0x\""));

    assertThat(node.calls("eth_call").getFirst().encode())
        .matches(
            "\\{\"jsonrpc\":\"2.0\",\"id\":\\d+,\"method\":\"eth_call\","
                + "\"params\":\\[\\{\"to\":\"0xAB\"},\"latest\"]}");
  }

  @Test
  void aCallWithoutParametersGoesOutWithoutThem() {
    ask("eth_call", "", exchange -> exchange.result("1"));

    assertThat(node.calls("eth_call").getFirst().containsKey("params")).isFalse();
  }

  @Test
  void aMethodNameIsQuoted() {
    RpcReply reply = ask("a\"b\\c", "[]", exchange -> exchange.result("1"));

    assertThat(json(reply)).isEqualTo("1");
  }

  @Test
  void theConfiguredHeadersAndViaAreSent() {
    Upstream withHeaders =
        bench.upstream(
            new UpstreamSettings("main#9", node.url(), Map.of("X-Team", "blue"), 1, false));
    bench.on(withHeaders::newest);

    assertThat(node.headers().getLast())
        .containsEntry("via", "1.1 tenfold-test")
        .containsEntry("content-type", "application/json")
        .containsEntry("x-team", "blue");
  }

  @Test
  void theResultIsTheBytesThatTheNodeSent() {
    RpcReply reply = ask(exchange -> exchange.result("{\"b\" : 1.50,\"a\":\"\\u0041\" }"));

    assertThat(json(reply)).isEqualTo("{\"b\" : 1.50,\"a\":\"\\u0041\" }");
    assertThat(((RpcReply.Result) reply).nodeFinalized()).isEqualTo(90);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":7,\"id\":ID,\"jsonrpc\":\"2.0\"}",
        " { \"id\" : ID , \"\\u0072esult\" : 7 } ",
        "{\"id\":ID,\"result\":7,\"error\":null}",
        "{\"id\":ID,\"extra\":{\"result\":8},\"result\":7}",
      })
  void whatNodesSendIsReadGenerously(String body) {
    RpcReply reply = ask(exchange -> exchange.send(200, withId(body, exchange.id())));

    assertThat(json(reply)).isEqualTo("7");
  }

  private static String withId(String body, long id) {
    return body.replace("ID", Long.toString(id));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "200, `<html>busy</html>`, NODE_NOT_JSON_RPC",
        "200, ``, NODE_NOT_JSON_RPC",
        "200, `{\"id\":ID,\"result\":[1,2`, NODE_NOT_JSON_RPC",
        "200, `{\"id\":ID,\"result\":01}`, NODE_NOT_JSON_RPC",
        "200, `{\"id\":ID}`, NODE_NOT_JSON_RPC",
        "200, `[{\"id\":ID,\"result\":1}]`, NODE_NOT_JSON_RPC",
        "200, `{\"id\":ID,\"error\":\"no\"}`, NODE_NOT_JSON_RPC",
        "200, `{\"id\":99999,\"result\":1}`, NODE_WRONG_ID",
        "200, `{\"id\":null,\"result\":1}`, NODE_WRONG_ID",
        "200, `{\"method\":\"eth_subscription\",\"result\":1}`, NODE_WRONG_ID",
        "200, `{\"id\":99999,\"error\":{\"code\":3,\"message\":\"\"}}`, NODE_WRONG_ID",
        "500, `oops`, NODE_HTTP_ERROR",
        "502, `<html>bad gateway</html>`, NODE_HTTP_ERROR",
        "503, `{\"id\":ID,\"result\":1}`, NODE_HTTP_ERROR",
        "503, `{\"id\":ID,\"error\":{\"code\":-32000,\"message\":\"busy\"}}`, NODE_HTTP_ERROR",
        "301, ``, NODE_HTTP_ERROR",
        "404, `not here`, NODE_HTTP_ERROR",
        "401, `{\"id\":ID,\"error\":{\"code\":-32600,\"message\":\"Must be authenticated\"}}`,"
            + " NODE_REFUSED_US",
        "403, `forbidden`, NODE_REFUSED_US",
      })
  void whatIsNotJsonRpcNeverReachesACaller(int status, String body, Failure expected) {
    String sent = body == null ? "" : body;
    RpcReply reply = ask(exchange -> exchange.send(status, withId(sent, exchange.id())));

    assertThat(failure(reply)).isEqualTo(expected);
    assertThat(json(reply)).isEqualTo(json(expected.reply()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "200, `{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c3\"}`, NODE_REVERT",
        "200, `{\"code\":-32005,\"message\":\"query returned more than 10000 results\"}`,"
            + " NODE_ERROR",
        "200, `{\"code\":-32602, \"message\":\"invalid argument 0\"}`, NODE_ERROR",
        "400, `{\"code\":-32602,\"message\":\"invalid argument 0\"}`, NODE_ERROR",
        "500, `{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x\"}`, NODE_REVERT",
        "200, `{\"code\":-32001,\"message\":\"Resource not found\"}`, NODE_ERROR",
        "200, `{\"code\":-32603,\"message\":\"internal error\"}`, NODE_INTERNAL_ERROR",
        "200, `{\"code\":-32601,\"message\":\"the method does not exist\"}`, NODE_LACKS_METHOD",
      })
  void anErrorOfTheNodeIsKeptByteForByte(int status, String error, Failure expected) {
    RpcReply reply =
        ask(
            exchange ->
                exchange.send(status, "{\"id\":" + exchange.id() + ",\"error\":" + error + "}"));

    assertThat(failure(reply)).isEqualTo(expected);
    assertThat(json(reply)).isEqualTo(error);
  }

  @Test
  void anErrorWithoutAnIdIsAnAnswer() {
    RpcReply reply =
        ask(
            exchange ->
                exchange.send(200, "{\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no\"}}"));

    assertThat(failure(reply)).isEqualTo(Failure.NODE_ERROR);
  }

  @Test
  void aRateLimitIsLeftAloneForAsLongAsRetryAfterSays() {
    RpcReply reply =
        ask(
            exchange -> {
              exchange.response().putHeader("Retry-After", "7");
              exchange.send(429, "slow down");
            });

    assertThat(failure(reply)).isEqualTo(Failure.NODE_RATE_LIMITED);
    assertThat(upstream.isWell()).isFalse();
    bench.skip(Duration.ofMillis(6_900));
    assertThat(upstream.isWell()).isFalse();
    bench.skip(Duration.ofMillis(200));
    assertThat(upstream.isWell()).isTrue();
  }

  @Test
  void aNodeThatRestsIsNotEvenPolled() {
    ask(exchange -> exchange.send(429, ""));
    int polls = node.count("eth_getBlockByNumber");

    Said report = bench.on(upstream::newest);

    assertThat(report.block().orElseThrow().number()).isEqualTo(100);
    assertThat(node.count("eth_getBlockByNumber")).isEqualTo(polls);
  }

  @Test
  void aRateLimitToldByJsonRpcErrorCountsAsOne() {
    RpcReply reply =
        ask(
            exchange ->
                exchange.error("{\"code\":-32005,\"message\":\"daily request count exceeded\"}"));

    assertThat(failure(reply)).isEqualTo(Failure.NODE_RATE_LIMITED);
    assertThat(upstream.rest()).isPositive();
  }

  @Test
  void aNodeThatBreaksOffIsSeenAsSuch() {
    RpcReply reply = ask("some_method", "[]", exchange -> exchange.response().reset());

    assertThat(failure(reply)).isEqualTo(Failure.NODE_BROKE_OFF);
  }

  @Test
  void anAnswerThatIsTooLargeIsNoAnswer() {
    RpcReply reply = ask(exchange -> exchange.result("\"" + "x".repeat(NodeBench.LARGEST) + "\""));

    assertThat(failure(reply)).isEqualTo(Failure.NODE_ANSWER_TOO_LARGE);
    assertThat(json(reply)).contains("the answer is larger than the gateway takes");
  }

  @Test
  void afterTwoSilentAttemptsTheNodeIsOutUntilAProbeIsAnswered() {
    assertThat(failure(ask(ScriptedNode.Exchange::silence))).isEqualTo(Failure.NODE_SILENT);
    assertThat(upstream.isWell()).isTrue();
    assertThat(failure(ask(ScriptedNode.Exchange::silence))).isEqualTo(Failure.NODE_SILENT);
    assertThat(upstream.isWell()).isFalse();

    bench.on(upstream::newest);

    assertThat(upstream.isWell()).isTrue();
  }

  @Test
  void aNodeThatRefusesConnectionsIsOutAtOnceAndBackWithTheNextProbe() {
    node.stop();
    assertThat(bench.on(upstream::newest)).isEqualTo(Said.NOTHING);
    assertThat(upstream.isWell()).isFalse();

    node.restart();
    Said report = bench.on(upstream::newest);
    assertThat(report.block().orElseThrow().number()).as("%s", bench.heard).isEqualTo(100);
    assertThat(upstream.isWell()).isTrue();
  }

  @Test
  void threeOtherFailuresInARowTakeTheNodeOut() {
    Script broken = exchange -> exchange.send(500, "oops");
    ask(broken);
    ask(broken);
    assertThat(upstream.isWell()).isTrue();
    ask(broken);

    assertThat(upstream.isWell()).isFalse();
  }

  @Test
  void aRevertIsNotHeldAgainstTheNode() {
    for (int i = 0; i < 5; i++) {
      ask(exchange -> exchange.error("{\"code\":3,\"message\":\"execution reverted\"}"));
    }

    assertThat(upstream.isWell()).isTrue();
  }

  @Test
  void aReceiptThatIsNullIsAnAnswer() {
    for (int i = 0; i < 5; i++) {
      assertThat(json(ask("eth_getTransactionReceipt", "[]", e -> e.result("null"))))
          .isEqualTo("null");
    }
    assertThat(upstream.isWell()).isTrue();
  }

  @Test
  void aNodeOfTheWrongChainIsRefusedByNameWithBothIds() {
    ScriptedNode other = bench.scripted();
    other.chainId = 5;
    Upstream wrong = bench.upstream(other);

    assertThat(bench.on(wrong::newest)).isEqualTo(Said.NOTHING);
    bench.on(wrong::newest);

    assertThat(wrong.isWell()).isFalse();
    assertThat(wrong.mayBeTried()).isFalse();
    assertThat(bench.logged())
        .filteredOn(line -> line.startsWith("ERROR"))
        .containsExactly("ERROR main#2 is refused: it is a node of chain 5, and main is chain 1");
    other.chainId = 1;
    bench.on(wrong::newest);
    assertThat(wrong.isWell()).isTrue();
  }

  @Test
  void theChainIsCheckedAgainWhenANodeIsBackAfterItFailed() {
    node.stop();
    bench.on(upstream::newest);
    node.chainId = 5;
    node.restart();

    RpcReply reply = bench.on(() -> upstream.call(bench.request("eth_call", "[]"), ATTEMPT));

    assertThat(failure(reply)).isEqualTo(Failure.NODE_WRONG_CHAIN);
    assertThat(node.count("eth_call")).isZero();
  }

  @Test
  void aConfiguredChainIdDecides() {
    try (NodeBench configured = new NodeBench(OptionalLong.of(7))) {
      Upstream wrong = configured.upstream(configured.scripted());

      assertThat(configured.on(wrong::newest)).isEqualTo(Said.NOTHING);
      assertThat(wrong.isWell()).isFalse();
    }
  }

  @Test
  void theVersionsAreLearntAndADevelopmentNodeIsSeen() {
    assertThat(bench.identity.get().networkId()).isEqualTo("1");
    assertThat(bench.identity.get().clientVersion()).isEqualTo("Geth/v1.16.0");
    assertThat(bench.identity.get().development()).isFalse();

    try (NodeBench dev = new NodeBench()) {
      ScriptedNode anvil = dev.scripted();
      anvil.clientVersion = "anvil/v1.7.1";
      dev.on(dev.upstream(anvil)::newest);
      assertThat(dev.identity.get().development()).isTrue();

      dev.on(dev.upstream(dev.scripted())::newest);
      assertThat(dev.identity.get().development()).isFalse();
    }
  }

  @Test
  void anErrorThatNamesTheNodesAddressIsNotShown() {
    RpcReply reply =
        ask(
            exchange ->
                exchange.error("{\"code\":-32000,\"message\":\"no route /v2/aVerySecretKey42\"}"));

    assertThat(failure(reply)).isEqualTo(Failure.NODE_ERROR);
    assertThat(json(reply)).doesNotContain("aVerySecretKey42");
  }

  @Test
  void whenTheCallerHangsUpTheAttemptIsGivenUp() {
    Caller caller = new Caller();
    AtomicReference<ScriptedNode.Exchange> asked = new AtomicReference<>();
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    node.on(
        "eth_call",
        exchange -> {
          exchange.response().closeHandler(nothing -> closed.complete(true));
          asked.set(exchange);
        });
    CompletableFuture<RpcReply> reply =
        bench.start(
            () -> upstream.call(bench.request("eth_call", "[]", caller), Duration.ofSeconds(9)));
    NodeBench.until(() -> asked.get() != null);
    bench.on(
        () -> {
          caller.leave();
          return io.vertx.core.Future.succeededFuture();
        });

    assertThat(failure(NodeBench.await(reply))).isEqualTo(Failure.CALLER_GONE);
    assertThat(NodeBench.await(closed)).isTrue();
    assertThat(upstream.isWell()).isTrue();
  }
}
