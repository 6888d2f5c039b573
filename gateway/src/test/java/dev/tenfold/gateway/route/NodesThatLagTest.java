package dev.tenfold.gateway.route;

import static dev.tenfold.gateway.upstream.NodeBench.ATTEMPT;
import static dev.tenfold.gateway.upstream.NodeBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.HeadSource.Standing;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.Blocks;
import dev.tenfold.gateway.evm.Keccak;
import dev.tenfold.gateway.evm.LogsBloom;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.AskedBlock;
import dev.tenfold.gateway.rpc.AskedBlock.ByHash;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.upstream.NodeBench;
import dev.tenfold.gateway.upstream.ScriptedNode;
import dev.tenfold.gateway.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes, asked in this order while both are well and have the block. */
@Timeout(30)
class NodesThatLagTest {
  private static final BlockHeader BLOCK = Blocks.at(95, 1);
  private static final String HASH = BLOCK.hash().toString();
  private static final String TOPIC = "0x" + "7e".repeat(32);

  private final NodeBench bench = new NodeBench();
  private final ScriptedNode first = bench.scripted();
  private final ScriptedNode second = bench.scripted();
  private final Upstream firstUpstream = bench.upstream(first);
  private final Upstream secondUpstream = bench.upstream(second);
  private final Router router = router(List.of(firstUpstream, secondUpstream));

  private Router router(List<Upstream> nodes) {
    return new Router(
        nodes,
        new NodeChoice(nodes, bound -> 0),
        new RouteLimits(ATTEMPT),
        bench.routed(),
        bench::nanos);
  }

  @BeforeEach
  void bothNodesAreKnown() {
    List.of(firstUpstream, secondUpstream).forEach(bench::known);
    bench.believed = new Belief(100, 90, 0).with(BLOCK);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private RpcRequest about(BlockHeader block, String method, String params, String byHash) {
    byte[] json = params.getBytes(StandardCharsets.UTF_8);
    ByHash form = new ByHash(method, byHash.getBytes(StandardCharsets.UTF_8));
    return new RpcRequest(
            Methods.named(method),
            json,
            0,
            json.length,
            bench.believed,
            new Caller(),
            bench.nanos() + Duration.ofSeconds(5).toNanos())
        .about(new AskedBlock(block.number(), block, form));
  }

  private RpcRequest balance() {
    return about(
        BLOCK,
        "eth_getBalance",
        "[\"0xa1\",\"0x5f\"]",
        "[\"0xa1\",{\"blockHash\":\"" + HASH + "\"}]");
  }

  private RpcReply ask(RpcRequest request) {
    return bench.on(() -> router.handle(request));
  }

  private static boolean isByHash(RpcReply reply) {
    return reply instanceof Result result && result.byHash();
  }

  @Test
  void aNodeIsAskedByHashAndSaysSo() {
    first.on("eth_getBalance", exchange -> exchange.result("\"0x7\""));

    RpcReply reply = ask(balance());

    assertThat(json(reply)).isEqualTo("\"0x7\"");
    assertThat(isByHash(reply)).isTrue();
    assertThat(first.calls("eth_getBalance").getFirst().encode()).contains(HASH);
  }

  @Test
  void aNodeThatDoesNotTakeAHashIsAskedByNumberFromThenOn() {
    takesNoHash(-32602, "invalid argument 1");

    RpcReply reply = ask(balance());
    ask(balance());

    assertThat(json(reply)).isEqualTo("\"0x7\"");
    assertThat(isByHash(reply)).isFalse();
    assertThat(first.count("eth_getBalance")).isEqualTo(3);
    assertThat(second.count("eth_getBalance")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-32602, invalid argument 1", "-32601, no such method"})
  void aNodeThatTookAHashAndNoLongerDoesIsAskedByNumber(int code, String message) {
    first.on("eth_getBalance", exchange -> exchange.result("\"0x6\""));
    assertThat(isByHash(ask(balance()))).isTrue();
    takesNoHash(code, message);

    RpcReply reply = ask(balance());

    assertThat(json(reply)).isEqualTo("\"0x7\"");
    assertThat(isByHash(reply)).isFalse();
    assertThat(second.count("eth_getBalance")).isZero();
  }

  @Test
  void aNodeThatBreaksOnAHashIsAskedByNumber() {
    takesNoHash(-32603, "Internal error");

    assertThat(json(ask(balance()))).isEqualTo("\"0x7\"");
    assertThat(first.count("eth_getBalance")).isEqualTo(2);
    assertThat(second.count("eth_getBalance")).isZero();
  }

  private void takesNoHash(int code, String message) {
    first.on(
        "eth_getBalance",
        exchange -> {
          if (exchange.call().encode().contains("blockHash")) {
            exchange.error("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
          } else {
            exchange.result("\"0x7\"");
          }
        });
  }

  @Test
  void aCallThatIsWrongInItselfTeachesNothing() {
    first.on("eth_getBalance", exchange -> exchange.error("{\"code\":-32602,\"message\":\"no\"}"));
    assertThat(ask(balance())).isInstanceOf(RpcError.class);
    first.on("eth_getBalance", exchange -> exchange.result("\"0x7\""));

    assertThat(isByHash(ask(balance()))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "eth_getBlockByHash, `null`",
        "eth_getBlockReceipts, `[]`",
        "eth_getBlockReceipts, `[{\"blockNumber\":\"0x5f\",\"blockHash\":\"0xOTHER\"}]`",
        "eth_getTransactionByBlockHashAndIndex, `null`"
      })
  void whatANodeSaysThatDoesNotHaveTheBlockIsAskedOfTheNext(String method, String answer) {
    String other = Blocks.hash(95, 2).toString();
    first.on(method, exchange -> exchange.result(answer.replace("0xOTHER", other)));
    second.on(method, exchange -> exchange.result("{\"right\":true}"));

    String params = "[\"" + HASH + "\",\"0x1\"]";
    RpcReply reply = ask(about(BLOCK, method, params, params));

    assertThat(json(reply)).isEqualTo("{\"right\":true}");
    assertThat(firstUpstream.isWell()).isTrue();
  }

  @Test
  void theNullOfAnIndexThatTheBlockDoesNotHaveIsAnAnswer() {
    String method = "eth_getTransactionByBlockHashAndIndex";
    first.on(method, exchange -> exchange.result("null"));

    String params = "[\"" + HASH + "\",\"0x2\"]";
    assertThat(json(ask(about(BLOCK, method, params, params)))).isEqualTo("null");
  }

  @Test
  void whereEveryNodeLagsTheyAreAskedAgainForAWhile() {
    for (ScriptedNode node : List.of(first, second)) {
      node.on(
          "eth_getBalance",
          exchange -> {
            if (node.count("eth_getBalance") < 3) {
              exchange.error("{\"code\":-32000,\"message\":\"header not found\"}");
            } else {
              exchange.result("\"0x7\"");
            }
          });
    }

    assertThat(json(ask(balance()))).isEqualTo("\"0x7\"");
    assertThat(first.count("eth_getBalance")).isEqualTo(3);
  }

  @Test
  void whereNoNodeHasTheBlockTheCallerIsToldAndNeverGivenTheNull() {
    List.of(first, second)
        .forEach(node -> node.on("eth_getBlockByHash", exchange -> exchange.result("null")));

    String params = "[\"" + HASH + "\",false]";
    RpcReply reply = ask(about(BLOCK, "eth_getBlockByHash", params, params));

    assertThat(((RpcError) reply).failure()).isEqualTo(Failure.NODE_LACKS_BLOCK);
    assertThat(first.count("eth_getBlockByHash")).isEqualTo(Lag.WAITS.size() + 1);
  }

  @Test
  void nobodyWaitsForABlockThatHasLeftTheChain() {
    List.of(first, second)
        .forEach(node -> node.on("eth_getBlockByHash", exchange -> exchange.result("null")));
    String params = "[\"" + HASH + "\",false]";
    RpcRequest request = about(BLOCK, "eth_getBlockByHash", params, params);
    bench.believed = new Belief(100, 90, 1).with(Blocks.at(95, 2));

    assertThat(((RpcError) ask(request)).failure()).isEqualTo(Failure.NODE_LACKS_BLOCK);
    assertThat(first.count("eth_getBlockByHash")).isEqualTo(1);
  }

  @Test
  void aBlockThatHasLeftTheChainAndThatNoNodeHasReachedIsLackingAndNotUnanswered() {
    RpcRequest request = balance();
    List.of(firstUpstream, secondUpstream).forEach(node -> node.stands(new Standing(94, true, 90)));
    bench.believed = new Belief(95, 90, 1).with(Blocks.at(95, 2));

    assertThat(((RpcError) ask(request)).failure()).isEqualTo(Failure.NODE_LACKS_BLOCK);
    assertThat(first.count("eth_getBalance")).isZero();
  }

  @Test
  void aNodeThatHasNotReachedTheBlockIsNotAskedUntilItHas() {
    BlockHeader next = Blocks.at(101, 1);
    bench.believed = new Belief(101, 90, 0).with(next);
    RpcRequest request = about(next, "eth_getBalance", "[]", "[1]");
    firstUpstream.stands(new Standing(100, true, 90));
    first.on("eth_getBalance", exchange -> exchange.result("\"0x7\""));
    var reply = bench.start(() -> router(List.of(firstUpstream)).handle(request));

    NodeBench.until(() -> bench.suspicions.get() > 0);
    assertThat(first.count("eth_getBalance")).isZero();
    firstUpstream.stands(new Standing(101, true, 90));

    assertThat(json(NodeBench.await(reply))).isEqualTo("\"0x7\"");
    assertThat(first.count("eth_getBalance")).isEqualTo(1);
  }

  @Test
  void aReceiptOfABlockThatIsNotInTheChainIsAskedOfTheNext() {
    first.on("eth_getTransactionReceipt", e -> e.result(Blocks.part(Blocks.at(95, 2))));
    second.on("eth_getTransactionReceipt", e -> e.result(Blocks.part(BLOCK)));

    assertThat(json(ask(bench.request(Methods.named("eth_getTransactionReceipt"), "[]"))))
        .isEqualTo(Blocks.part(BLOCK));
  }

  @Test
  void aReceiptOfABlockThatWeHaveNotSeenYetIsGivenOnceWeHave() {
    BlockHeader fork = Blocks.at(95, 2);
    for (ScriptedNode node : List.of(first, second)) {
      node.on(
          "eth_getTransactionReceipt",
          exchange -> {
            if (node.count("eth_getTransactionReceipt") == 3) {
              bench.believed = new Belief(100, 90, 1).with(fork);
            }
            exchange.result(Blocks.part(fork));
          });
    }

    assertThat(json(ask(bench.request(Methods.named("eth_getTransactionReceipt"), "[]"))))
        .isEqualTo(Blocks.part(fork));
    assertThat(bench.suspicions).hasValue(1);
  }

  @Test
  void emptyLogsThatTheBloomContradictsAreAskedElsewhere() {
    first.on("eth_getLogs", exchange -> exchange.result("[]"));
    second.on("eth_getLogs", exchange -> exchange.result("[{}]"));

    assertThat(json(ask(logs(TOPIC)))).isEqualTo("[{}]");
    assertThat(json(ask(logs(TOPIC.replace("7e", "7f"))))).isEqualTo("[]");
  }

  @Test
  void emptyLogsOnWhichTwoAgreeGoToTheCaller() {
    first.on("eth_getLogs", exchange -> exchange.result("[]"));
    second.on("eth_getLogs", exchange -> exchange.result("[]"));

    assertThat(json(ask(logs(TOPIC)))).isEqualTo("[]");
    assertThat(second.count("eth_getLogs")).isEqualTo(1);
  }

  @Test
  void theOnlyNodeIsAskedTwiceForEmptyLogsThatTheBloomContradicts() {
    first.on("eth_getLogs", exchange -> exchange.result("[]"));
    Router one = router(List.of(firstUpstream));

    assertThat(json(bench.on(() -> one.handle(logs(TOPIC))))).isEqualTo("[]");
    assertThat(first.count("eth_getLogs")).isEqualTo(2);
  }

  private RpcRequest logs(String topic) {
    String params =
        "[{\"fromBlock\":\"0x5f\",\"toBlock\":\"0x5f\",\"topics\":[\"" + topic + "\"]}]";
    BlockHeader withLogs = Blocks.at(95, 1, bloomOf(TOPIC));
    return about(withLogs, "eth_getLogs", params, params);
  }

  /** The bloom of a block whose only log has this topic. */
  private static LogsBloom bloomOf(String topic) {
    byte[] hash = Keccak.hash(HexFormat.of().parseHex(topic, 2, topic.length()));
    byte[] bloom = new byte[256];
    for (int pair = 0; pair < 3; pair++) {
      int bit = ((hash[2 * pair] << 8) | (hash[2 * pair + 1] & 0xff)) & 2047;
      bloom[255 - bit / 8] |= (byte) (1 << (bit % 8));
    }
    byte[] json = ("\"0x" + HexFormat.of().formatHex(bloom) + '"').getBytes(StandardCharsets.UTF_8);
    return LogsBloom.parse(json, 0, json.length);
  }
}
