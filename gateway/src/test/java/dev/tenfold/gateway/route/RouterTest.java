package dev.tenfold.gateway.route;

import static dev.tenfold.gateway.upstream.NodeBench.ATTEMPT;
import static dev.tenfold.gateway.upstream.NodeBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.HeadTracker;
import dev.tenfold.gateway.chain.Ticker;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.NodeBench;
import dev.tenfold.gateway.upstream.ScriptedNode;
import dev.tenfold.gateway.upstream.ScriptedNode.Exchange;
import dev.tenfold.gateway.upstream.ScriptedNode.Script;
import dev.tenfold.gateway.upstream.Upstream;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RouterTest {
  private static final String INTERNAL = "{\"code\":-32603,\"message\":\"first\"}";

  private final NodeBench bench = new NodeBench();
  private final ScriptedNode first = bench.scripted();
  private final ScriptedNode second = bench.scripted();
  private final Upstream firstUpstream = bench.upstream(first);
  private final Upstream secondUpstream = bench.upstream(second);
  private final List<Upstream> nodes = List.of(firstUpstream, secondUpstream);

  /** In the order of the list, as long as the nodes are well: no latency is looked at. */
  private final Router router =
      new Router(
          nodes,
          new NodeChoice(nodes, bound -> 0),
          new RouteLimits(ATTEMPT),
          bench.routed(),
          bench::nanos);

  @BeforeEach
  void bothNodesAreKnown() {
    nodes.forEach(bench::known);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void poll() {
    nodes.forEach(node -> bench.on(node::newest));
  }

  private RpcReply ask(String method, String params) {
    return ask(bench.request(method, params));
  }

  private RpcReply ask(RpcRequest request) {
    return bench.on(() -> router.handle(request));
  }

  private static Failure failure(RpcReply reply) {
    assertThat(reply).isInstanceOf(RpcReply.RpcError.class);
    return ((RpcReply.RpcError) reply).failure();
  }

  private static Script answering(String json) {
    return exchange -> exchange.result(json);
  }

  private static Script failing(String error) {
    return exchange -> exchange.error(error);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "500, `oops`",
        "200, `<html></html>`",
        "200, ``",
        "200, `{\"id\":1,\"resu`",
        "200, `{\"id\":77777,\"result\":1}`",
        "200, `{\"jsonrpc\":\"2.0\"}`",
        "429, `slow down`",
        "401, `who are you`",
        "200, `{\"id\":null,\"error\":{\"code\":-32603,\"message\":\"internal\"}}`",
        "200, `{\"id\":null,\"error\":{\"code\":-32029,\"message\":\"too many\"}}`",
      })
  void aNodeThatFailsIsPassedOverForTheNext(int status, String body) {
    first.on("eth_getBalance", exchange -> exchange.send(status, body == null ? "" : body));
    second.on("eth_getBalance", answering("\"0x2\""));

    assertThat(json(ask("eth_getBalance", "[]"))).isEqualTo("\"0x2\"");
    assertThat(first.count("eth_getBalance")).isEqualTo(1);
    assertThat(second.count("eth_getBalance")).isEqualTo(1);
  }

  @Test
  void aNodeThatIsNotThereIsPassedOverForTheNext() {
    first.stop();

    assertThat(json(ask("some_unknownMethod", "[]"))).isEqualTo("\"0x1\"");
  }

  @Test
  void aNodeThatHangsDoesNotEatTheWholeDeadline() {
    first.on("eth_getBalance", Exchange::silence);
    long started = System.nanoTime();

    assertThat(json(ask("eth_getBalance", "[]"))).isEqualTo("\"0x1\"");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(ATTEMPT.multipliedBy(3));
  }

  @Test
  void aFrozenNodeIsAskedOnlyByAProbeAfterTwoSilentAttempts() {
    first.always(Exchange::silence);
    for (int i = 0; i < 5; i++) {
      assertThat(json(ask("eth_getBalance", "[]"))).isEqualTo("\"0x1\"");
    }
    assertThat(first.count("eth_getBalance")).isEqualTo(2);

    bench.on(firstUpstream::newest);
    assertThat(firstUpstream.isWell()).isFalse();
    first.recover();
    bench.on(firstUpstream::newest);
    ask("eth_getBalance", "[]");

    assertThat(first.count("eth_getBalance")).isEqualTo(3);
  }

  @Test
  void aNodeThatIsBackIsAskedAgainWithinASecond() {
    HeadTracker tracker =
        new HeadTracker(bench.identity, nodes, OptionalLong.empty(), bench::nanos);
    NodeBench.await(
        tracker.start(Ticker.on(bench.vertx)).toCompletionStage().toCompletableFuture());
    first.stop();
    NodeBench.until(() -> !firstUpstream.isWell());

    first.restart();
    long started = System.nanoTime();
    NodeBench.until(firstUpstream::isWell);

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    assertThat(tracker.ready()).isTrue();
    assertThat(tracker.get().head()).isEqualTo(100);
    tracker.stop();
  }

  @Test
  void whereNoNodeIsThoughtWellOneThatIsNotIsTriedBeforeACallIsRefused() {
    first.stop();
    second.stop();
    poll();
    assertThat(failure(ask("eth_getBalance", "[]"))).isEqualTo(Failure.NO_NODE);

    second.restart();

    assertThat(json(ask("eth_getBalance", "[]"))).isEqualTo("\"0x1\"");
  }

  @Test
  void whenAllAreSilentTheCallerIsToldInItsTime() {
    first.on("eth_getBalance", Exchange::silence);
    second.on("eth_getBalance", Exchange::silence);

    assertThat(failure(ask("eth_getBalance", "[]"))).isEqualTo(Failure.CALL_TIMEOUT);
  }

  @Test
  void theNextNodeInheritsWhatIsLeftOfTheCallTimeout() {
    first.on("eth_getBalance", Exchange::silence);
    second.on("eth_getBalance", Exchange::silence);
    RpcRequest request = bench.request("eth_getBalance", "[]");
    long half = bench.nanos() + ATTEMPT.toNanos() / 2;
    RpcRequest hurried =
        new RpcRequest(
            request.method(),
            request.json(),
            0,
            request.paramsTo(),
            request.snapshot(),
            request.caller(),
            half);

    assertThat(failure(ask(hurried))).isEqualTo(Failure.CALL_TIMEOUT);
    assertThat(second.count("eth_getBalance")).isZero();
  }

  @Test
  void aMethodThatIsKnownToBeSlowHasMoreTime() {
    first.on(
        "debug_traceCall",
        exchange -> exchange.later(ATTEMPT.multipliedBy(2), () -> exchange.result("\"0x5\"")));

    assertThat(json(ask("debug_traceCall", "[]"))).isEqualTo("\"0x5\"");
    assertThat(second.count("debug_traceCall")).isZero();
  }

  @Test
  void aDeterministicErrorGoesToTheCallerAsItIs() {
    String revert = "{\"code\":3, \"message\":\"execution reverted\",\"data\":\"0x08\"}";
    first.on("eth_call", failing(revert));

    assertThat(json(ask("eth_call", "[]"))).isEqualTo(revert);
    assertThat(second.count("eth_call")).isZero();
  }

  @Test
  void whenAllNodesAnsweredWithErrorsTheCallerGetsTheFirstOneAsItWas() {
    first.on("eth_call", failing(INTERNAL));
    second.on("eth_call", failing("{\"code\":-32603,\"message\":\"second\"}"));

    RpcReply reply = ask("eth_call", "[]");

    assertThat(json(reply)).isEqualTo(INTERNAL);
    assertThat(failure(reply)).isEqualTo(Failure.NODE_ERROR);
  }

  @Test
  void theErrorOfANodeIsPreferredToOneOfOurs() {
    first.on("eth_call", exchange -> exchange.send(502, "<html>"));
    second.on("eth_call", failing(INTERNAL));

    assertThat(json(ask("eth_call", "[]"))).isEqualTo(INTERNAL);
  }

  @Test
  void whenAllAreAtTheirRateLimitTheCallerIsToldWhenToComeBack() {
    first.on(
        "eth_call",
        exchange -> {
          exchange.response().putHeader("Retry-After", "Thu, 01 Jan 2026 00:00:20 GMT");
          exchange.send(429, "");
        });
    second.on(
        "eth_call",
        exchange -> {
          exchange.response().putHeader("Retry-After", "9");
          exchange.send(429, "");
        });

    RpcReply.RpcError asked = (RpcReply.RpcError) ask("eth_call", "[]");
    RpcReply.RpcError refused = (RpcReply.RpcError) ask("eth_call", "[]");

    assertThat(asked.failure()).isEqualTo(Failure.ALL_RATE_LIMITED);
    assertThat(refused.failure()).isEqualTo(Failure.ALL_RATE_LIMITED);
    assertThat(refused.retryAfterSeconds()).isEqualTo(9);
    assertThat(first.count("eth_call")).isEqualTo(1);
    bench.skip(Duration.ofSeconds(10));
    first.recover();
    second.recover();
    assertThat(json(ask("eth_call", "[]"))).isEqualTo("\"0x1\"");
  }

  @Test
  void aNodeOfTheWrongChainGetsNoCall() {
    second.chainId = 5;
    second.stop();
    bench.on(secondUpstream::newest);
    second.restart();
    first.stop();

    assertThat(failure(ask("eth_call", "[]"))).isEqualTo(Failure.NO_NODE);
    assertThat(second.count("eth_call")).isZero();
  }

  @Test
  void aSendGoesToTheNextNodeWhereTheFirstMayHaveHadIt() {
    first.on("eth_sendRawTransaction", Exchange::silence);
    second.on("eth_sendRawTransaction", failing("{\"code\":-32000,\"message\":\"already known\"}"));

    RpcReply reply = ask("eth_sendRawTransaction", "[\"0x616263\"]");

    assertThat(json(reply))
        .isEqualTo("\"0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45\"");
    assertThat(first.count("eth_sendRawTransaction")).isEqualTo(1);
    assertThat(second.count("eth_sendRawTransaction")).isEqualTo(1);
  }

  @Test
  void theSameNodeIsNeverAskedTwiceForOneCall() {
    first.on("eth_sendRawTransaction", exchange -> exchange.send(500, ""));
    second.on("eth_sendRawTransaction", exchange -> exchange.send(500, ""));

    assertThat(failure(ask("eth_sendRawTransaction", "[\"0x61\"]"))).isEqualTo(Failure.NO_NODE);
    assertThat(first.count("eth_sendRawTransaction")).isEqualTo(1);
    assertThat(second.count("eth_sendRawTransaction")).isEqualTo(1);
  }

  @Test
  void aMethodThatMayChangeSomethingIsNotRepeatedWhereTheFirstNodeMayHaveActed() {
    first.on("some_unknownMethod", Exchange::silence);

    assertThat(failure(ask("some_unknownMethod", "[]"))).isEqualTo(Failure.CALL_TIMEOUT);
    assertThat(second.count("some_unknownMethod")).isZero();
  }

  @Test
  void whenTheCallerIsGoneNothingFurtherIsTried() {
    Caller caller = new Caller();
    first.on("eth_call", Exchange::silence);
    CompletableFuture<RpcReply> reply =
        bench.start(() -> router.handle(bench.request("eth_call", "[]", caller)));
    NodeBench.until(() -> first.count("eth_call") == 1);
    bench.on(
        () -> {
          caller.leave();
          return Future.succeededFuture();
        });

    assertThat(failure(NodeBench.await(reply))).isEqualTo(Failure.CALLER_GONE);
    assertThat(second.count("eth_call")).isZero();
  }

  @Test
  void theAddressStandsInNoReplyAndNoLog() {
    first.stop();
    second.on("eth_call", Exchange::silence);
    String replies = json(ask("eth_call", "[]"));
    second.on("eth_call", exchange -> exchange.send(500, second.url().toString()));
    replies += json(ask("eth_call", "[]"));
    second.on("eth_call", failing("{\"code\":1,\"message\":\"" + second.url() + "\"}"));
    replies += json(ask("eth_call", "[]"));

    assertThat(replies + bench.logged())
        .doesNotContain("127.0.0.1")
        .doesNotContain("aVerySecretKey42");
  }

  @Test
  void twoEqualFilterCallsGetTwoFiltersThatStayOnTheirNode() {
    first.on("eth_newFilter", answering("\"0xa\"")).on("eth_getFilterChanges", answering("[1]"));

    assertThat(json(ask("eth_newFilter", "[{}]"))).isEqualTo("\"0xa\"");
    first.on("eth_newFilter", exchange -> exchange.send(500, ""));
    second.on("eth_newFilter", answering("\"0xa\"")).on("eth_getFilterChanges", answering("[2]"));
    String other = json(ask("eth_newFilter", "[{}]"));

    assertThat(other).isNotEqualTo("\"0xa\"").matches("\"0x1[0-9a-f]{31}\"");
    assertThat(json(ask("eth_getFilterChanges", "[\"0xa\"]"))).isEqualTo("[1]");
    assertThat(json(ask("eth_getFilterChanges", "[" + other + "]"))).isEqualTo("[2]");
    assertThat(second.calls("eth_getFilterChanges").getFirst().getJsonArray("params").getString(0))
        .isEqualTo("0xa");
  }

  @Test
  void aFilterWhoseNodeIsGoneIsNotFound() {
    first.on("eth_newFilter", answering("\"0xa\""));
    ask("eth_newFilter", "[{}]");
    first.stop();

    RpcReply reply = ask("eth_getFilterChanges", "[\"0xa\"]");

    assertThat(json(reply)).isEqualTo("{\"code\":-32000,\"message\":\"filter not found\"}");
    assertThat(second.count("eth_getFilterChanges")).isZero();
  }

  @Test
  void aFilterThatNobodyKnowsIsNotFoundAndUninstallingItIsFalse() {
    assertThat(failure(ask("eth_getFilterChanges", "[\"0xb\"]")))
        .isEqualTo(Failure.FILTER_NOT_FOUND);
    assertThat(json(ask("eth_uninstallFilter", "[\"0xb\"]"))).isEqualTo("false");
    assertThat(failure(ask("eth_getFilterChanges", "[]"))).isEqualTo(Failure.INVALID_PARAMS);
  }
}
