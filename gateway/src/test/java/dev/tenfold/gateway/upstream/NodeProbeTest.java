package dev.tenfold.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.HeadSource.Said;
import dev.tenfold.gateway.chain.HeadSource.Standing;
import dev.tenfold.gateway.chain.HeadSource.Tag;
import dev.tenfold.gateway.evm.BlockHash;
import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.upstream.ScriptedNode.Exchange;
import dev.tenfold.gateway.upstream.ScriptedNode.Script;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own calls to a node. */
@Timeout(30)
class NodeProbeTest extends OneNode {
  private BlockHeader header(long number) {
    byte[] json = node.header(number).encode().getBytes(StandardCharsets.UTF_8);
    return Objects.requireNonNull(BlockHeader.parse(json));
  }

  @Test
  void ourOwnPollsAreCountedApart() {
    bench.heard.clear();
    bench.on(upstream::newest);
    ask(exchange -> exchange.result("1"));

    assertThat(bench.heard).containsExactly("poll main#1 null", "call main#1 null");
  }

  @Test
  void aBatchCountsAsTheNumberOfItsCalls() {
    bench.heard.clear();
    bench.on(() -> upstream.range(90, 99));

    assertThat(bench.heard).hasSize(10).containsOnly("poll main#1 null");
  }

  @Test
  void aBlockIsAskedForByTagNumberAndHash() {
    assertThat(bench.on(upstream::newest)).isEqualTo(Said.of(header(100)));
    assertThat(bench.on(() -> upstream.at(7))).isEqualTo(Said.of(header(7)));
    assertThat(bench.on(() -> upstream.with(header(8).hash()))).isEqualTo(Said.of(header(8)));
    assertThat(bench.on(() -> upstream.tagged(Tag.FINALIZED))).isEqualTo(Said.of(header(90)));
    assertThat(bench.on(() -> upstream.range(5, 7)))
        .containsExactly(header(5), header(6), header(7));
  }

  @Test
  void aBlockThatTheNodeDoesNotHaveIsAnAnswer() {
    assertThat(bench.on(() -> upstream.at(101))).isEqualTo(Said.NONE);
    assertThat(bench.on(() -> upstream.with(new BlockHash(9, 9, 9, 9)))).isEqualTo(Said.NONE);
    assertThat(bench.on(() -> upstream.range(99, 101))).isEmpty();
  }

  @Test
  void anErrorThatThereIsNoSuchBlockIsAnAnswerToo() {
    node.on("eth_getBlockByNumber", e -> e.error("{\"code\":-32001,\"message\":\"not found\"}"));

    assertThat(bench.on(() -> upstream.at(101))).isEqualTo(Said.NONE);
  }

  @Test
  void anErrorOrGarbageInPlaceOfABlockSaysNothingOfIt() {
    node.on("eth_getBlockByNumber", e -> e.error("{\"code\":-32603,\"message\":\"internal\"}"));
    assertThat(bench.on(() -> upstream.at(7))).isEqualTo(Said.NOTHING);
    node.on("eth_getBlockByNumber", e -> e.result("{\"number\":\"0x7\",\"hash\":\"0xf0\"}"));
    assertThat(bench.on(() -> upstream.at(7))).isEqualTo(Said.NOTHING);
    node.on("eth_getBlockByNumber", e -> e.result("\"0x7\""));
    assertThat(bench.on(upstream::newest)).isEqualTo(Said.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":-32602,\"message\":\"no such tag\"}",
        "{\"code\":-39001,\"message\":\"unknown block\"}",
        "{\"code\":-32000,\"message\":\"finalized block not found\"}"
      })
  void anErrorInPlaceOfATaggedBlockSaysThatTheTagIsNotKnown(String error) {
    node.on("eth_getBlockByNumber", e -> e.error(error));

    assertThat(bench.on(() -> upstream.tagged(Tag.SAFE))).isEqualTo(Said.NONE);
    assertThat(upstream.isWell()).isTrue();
  }

  @Test
  void aNodeThatIsNotThereSaysNothing() {
    node.stop();

    assertThat(bench.on(() -> upstream.tagged(Tag.FINALIZED))).isEqualTo(Said.NOTHING);
    assertThat(bench.on(() -> upstream.at(7))).isEqualTo(Said.NOTHING);
    assertThat(bench.on(() -> upstream.range(5, 7))).isEmpty();
    assertThat(bench.on(upstream::newest)).isEqualTo(Said.NOTHING);
  }

  @Test
  void aNodeThatTakesNoBatchesIsNotBlamedForIt() {
    node.takesBatches = false;
    for (int i = 0; i < 5; i++) {
      assertThat(bench.on(() -> upstream.range(5, 7))).isEmpty();
    }

    assertThat(upstream.isWell()).isTrue();
  }

  @Test
  void whereItStandsIsWhatTheOneWhoFollowsTheChainSays() {
    assertThat(bench.upstream(bench.scripted()).head()).isEqualTo(-1);
    assertThat(bench.upstream(bench.scripted()).follows()).isTrue();
    upstream.stands(new Standing(99, false, 88));

    assertThat(upstream.head()).isEqualTo(99);
    assertThat(upstream.follows()).isFalse();
    assertThat(ask(Exchange::asWell)).extracting("nodeFinalized").isEqualTo(88L);
  }

  /** The reader of batches, without a socket. */
  private static HeaderBatch.Answer read(int status, String body) {
    return new HeaderBatch(5, 7).read(status, body.getBytes(StandardCharsets.UTF_8), 40);
  }

  private List<String> answers() {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      members.add(new JsonObject().put("id", 40 + i).put("result", node.header(5 + i)).encode());
    }
    return members;
  }

  @Test
  void theAnswersOfABatchMayComeInAnyOrder() {
    List<String> members = answers();
    Collections.reverse(members);

    assertThat(read(200, " [ " + String.join(" ,\n", members) + "] ").headers())
        .containsExactly(header(5), header(6), header(7));
    assertThat(new JsonArray(new String(new HeaderBatch(5, 7).body(40), StandardCharsets.UTF_8)))
        .hasSize(3)
        .last()
        .hasToString(
            "{\"jsonrpc\":\"2.0\",\"id\":42,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x7\",false]}");
  }

  @Test
  void whatIsNotABatchOfAnswersToTheseQuestionsBringsNothing() {
    List<String> members = answers();
    String two = members.get(0) + "," + members.get(1);
    List<String> bad =
        List.of(
            "",
            "[",
            "[]",
            "{}",
            "[" + two + "]",
            "[" + two + "," + members.get(0) + "]",
            "[" + two + "," + members.get(2).replace("42", "43") + "]",
            "[" + two + "," + members.get(2).replace("42", "\"42\"") + "]",
            "[" + two + ",{\"id\":42,\"result\":null}]",
            "[" + two + ",{\"id\":42,\"error\":{\"code\":1,\"message\":\"x\"}}]",
            "[" + two + ",7]",
            "[" + two + "," + members.get(2) + "," + members.get(2) + "]");

    for (String body : bad) {
      assertThat(read(200, body)).as(body).isEqualTo(HeaderBatch.Answer.of(Failure.NODE_ERROR));
    }
    assertThat(read(429, "[]").failure()).isEqualTo(Failure.NODE_RATE_LIMITED);
  }

  @Test
  void aSilentNodeIsWaitedForAsLongAsOneAttempt() {
    Script silence = Exchange::silence;
    node.on("eth_getBlockByHash", silence);

    assertThat(bench.on(() -> upstream.with(header(8).hash()))).isEqualTo(Said.NOTHING);
    assertThat(bench.on(() -> upstream.call(bench.request("eth_call", "[]"), NodeBench.ATTEMPT)))
        .isInstanceOf(RpcReply.Result.class);
  }
}
