package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.evm.BlockHeader;
import dev.tenfold.gateway.evm.Blocks;
import dev.tenfold.gateway.rpc.AskedBlock;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Result;
import dev.tenfold.gateway.rpc.RpcRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The window has blocks 150 (0x96) to 200 (0xc8); the nodes call block 100 final. */
class NearHeadTest {
  private static final String TX = "0x" + "7a".repeat(32);

  private final Desk desk = new Desk();
  private final Belief before = chain(200, 1, 200, 0);

  /** A chain whose blocks are of fork 1 up to one number, and of fork 2 from there on. */
  private static Belief chain(long head, int fork, long forkedAt, long generation) {
    BlockHeader[] blocks =
        LongStream.rangeClosed(head - 50, head)
            .mapToObj(number -> Blocks.at(number, number > forkedAt ? fork + 1 : fork))
            .toArray(BlockHeader[]::new);
    return new Belief(head, 100, generation).epoch(0).with(blocks);
  }

  NearHeadTest() {
    desk.believed = before;
  }

  private Call call(String method, String params) {
    return Call.of(method, params).with(desk.believed);
  }

  /** The node is asked by hash where it can be, and answers so. */
  private RpcReply byHash(String method, String params, String result) {
    Future<RpcReply> reply = desk.call(call(method, params));
    if (!reply.isComplete()) {
      Result answer = Desk.result(result, Desk.NODE_FINALIZED);
      boolean hasForm = desk.asked.getLast().asked().byHash() != null;
      desk.answer(
          method, new Result(answer.json(), answer.cacheStatus(), Desk.NODE_FINALIZED, hasForm));
    }
    return reply.result();
  }

  private boolean isHit(String method, String params) {
    Future<RpcReply> reply = desk.call(call(method, params));
    return reply.isComplete() && reply.result().cacheStatus().isHit();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBalance | [\"0xa1\",\"latest\"] | [\"0xA1\",{\"blockNumber\":\"0xC8\"}]",
        "eth_getBlockByNumber | [\"0xc8\",false] | [\"latest\",false]",
        "eth_call | [{\"to\":\"0xa1\"}] | [{\"to\":\"0xa1\"},\"latest\"]",
        "eth_call | [{\"to\":\"0xa1\"},null] | [{\"to\":\"0xa1\"},\"0xc8\"]",
        "eth_getLogs | [{\"fromBlock\":\"latest\",\"toBlock\":\"latest\"}]"
            + " | [{\"toBlock\":\"0xc8\",\"fromBlock\":\"0xc8\"}]"
      })
  void anAnswerAboutTheNewestBlockIsAnEntryOfThatBlock(
      String method, String params, String otherParams) {
    assertThat(byHash(method, params, "\"0x1\"").cacheStatus().reason()).isEqualTo(MissReason.COLD);
    assertThat(isHit(method, params)).isTrue();
    assertThat(isHit(method, otherParams)).isTrue();
  }

  @Test
  void anAnswerAboutTheNewestBlockDoesNotDieWithTheHead() {
    byHash("eth_getBalance", "[\"0xa1\",\"latest\"]", "\"0x1\"");
    desk.believed = chain(201, 1, 201, 0);

    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc8\"]")).isTrue();
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"latest\"]")).isFalse();
  }

  @Test
  void whatAReorganisationOrphanedIsDeadAtOnceAndAliveForWhoKnewTheChainBefore() {
    byHash("eth_getBalance", "[\"0xa1\",\"0xc8\"]", "\"0x1\"");
    byHash("eth_getBalance", "[\"0xa1\",\"0xc0\"]", "\"0x2\"");
    desk.believed = chain(200, 1, 195, 1);

    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc8\"]")).isFalse();
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc0\"]")).isTrue();
    assertThat(
            desk.call(Call.of("eth_getBalance", "[\"0xa1\",\"0xc8\"]").with(before)).isComplete())
        .isTrue();
  }

  @Test
  void anOrphanDoesNotComeBackToLifeWhenItsNumberIsFinal() {
    byHash("eth_getBalance", "[\"0xa1\",\"0xc8\"]", "\"0x1\"");
    Belief forked = chain(200, 1, 195, 1);
    desk.believed = new Belief(200, 200, 1).epoch(0).with(forked.blocks());
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc8\"]")).isFalse();

    desk.believed = new Belief(9_000, 8_990, 1).epoch(0);
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc8\"]")).isFalse();
  }

  @Test
  void whatWasFoundGoodAtAFinalNumberIsGoodForEver() {
    byHash("eth_getBalance", "[\"0xa1\",\"0xc8\"]", "\"0x1\"");
    byHash("eth_getBalance", "[\"0xa2\",\"0xc8\"]", "\"0x2\"");
    desk.believed = new Belief(200, 200, 0).epoch(0).with(before.blocks());
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc8\"]")).isTrue();

    desk.believed = new Belief(9_000, 8_990, 0).epoch(0);
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc8\"]")).isTrue();
    assertThat(isHit("eth_getBalance", "[\"0xa2\",\"0xc8\"]")).isFalse();
  }

  @Test
  void whatWasUnderWayDuringAReorganisationIsNotKept() {
    Future<RpcReply> reply = desk.call(call("eth_getBalance", "[\"0xa1\",\"0xc0\"]"));
    desk.believed = chain(200, 1, 195, 1);
    desk.answer("eth_getBalance", new Result(bytes("\"0x1\""), fromNode(), 100, true));

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.REORG);
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xc0\"]")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBalance | [\"0xa1\",\"0xc8\"] | 1",
        "eth_getLogs | [{\"fromBlock\":\"0x1\",\"toBlock\":\"0x10\"}] | 1",
        "eth_getBlockByNumber | [\"0xc9\",false] | 2",
        "eth_getBalance | [\"0xa1\",\"latest\"] | 2",
        "eth_getTransactionReceipt | [\"0xa1\"] | 2",
        "eth_gasPrice | [] | 2"
      })
  void whoHasSeenANewBlockJoinsACallThatIsAboutOlderOnes(String method, String params, int calls) {
    desk.call(call(method, params));
    desk.believed = chain(201, 1, 201, 0);
    desk.call(call(method, params));

    assertThat(desk.asked).hasSize(calls);
  }

  @Test
  void whoHasSeenAReorganisationDoesNotJoinACallThatBeganBeforeIt() {
    desk.call(call("eth_getBalance", "[\"0xa1\",\"0xc0\"]"));
    desk.believed = chain(200, 1, 195, 1);
    desk.call(call("eth_getBalance", "[\"0xa1\",\"0xc0\"]"));

    assertThat(desk.asked).hasSize(2);
  }

  @Test
  void aNodeThatWasAskedByNumberIsBelievedIfItsAnswerNamesTheBlockOfTheWindow() {
    String params = "[\"0xc8\",false]";
    Result right = Desk.result(Blocks.json(Blocks.at(200, 1)), 100);
    Result other = Desk.result(Blocks.json(Blocks.at(200, 9)), 100);

    assertThat(desk.exchange(call("eth_getBlockByNumber", params), other).cacheStatus().reason())
        .isEqualTo(MissReason.BLOCK_UNKNOWN);
    assertThat(desk.suspicions).isEqualTo(1);
    assertThat(desk.exchange(call("eth_getBlockByNumber", params), right).cacheStatus().reason())
        .isEqualTo(MissReason.COLD);
    assertThat(isHit("eth_getBlockByNumber", params)).isTrue();
  }

  @Test
  void anAnswerByNumberThatNamesNoBlockIsNotKept() {
    RpcReply reply =
        desk.exchange(call("eth_getBalance", "[\"0xa1\",\"0xc8\"]"), Desk.result("\"0x1\"", 100));

    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NOT_FINAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth_getTransactionReceipt", "eth_getTransactionByHash"})
  void aTransactionIsKeptWithTheBlockThatItNames(String method) {
    String params = "[\"" + TX + "\"]";

    byHash(method, params, Blocks.part(Blocks.at(198, 1)));
    assertThat(isHit(method, params)).isTrue();
    desk.believed = chain(200, 1, 195, 1);
    assertThat(isHit(method, params)).isFalse();
  }

  @Test
  void aTransactionOfABlockThatIsNotYetSeenIsNotKeptAndMakesTheHeadBeAskedFor() {
    String params = "[\"" + TX + "\"]";
    RpcReply reply = byHash("eth_getTransactionReceipt", params, Blocks.part(Blocks.at(201, 1)));

    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.ABOVE_HEAD);
    assertThat(desk.suspicions).isEqualTo(1);
  }

  @Test
  void anAnswerThatNamesABlockAboveTheHeadIsGivenWhenTheHeadIsKnown() {
    Promise<Void> known = Promise.promise();
    desk.known = known.future();
    Future<RpcReply> reply = desk.call(call("eth_getTransactionReceipt", "[\"" + TX + "\"]"));
    desk.answer("eth_getTransactionReceipt", Blocks.part(Blocks.at(201, 1)));

    assertThat(reply.isComplete()).isFalse();
    known.complete();
    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.ABOVE_HEAD);
  }

  @Test
  void aTraceIsKeptWithTheBlockOfItsTransaction() {
    String params = "[\"" + TX + "\",{}]";
    Future<RpcReply> reply = desk.call(call("debug_traceTransaction", params));
    desk.answer("debug_traceTransaction", "{\"gas\":1}");
    desk.answer("eth_getTransactionByHash", Blocks.part(Blocks.at(198, 1)));

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.COLD);
    assertThat(isHit("debug_traceTransaction", params)).isTrue();
    assertThat(desk.counters.misses(MissReason.COLD)).isEqualTo(1);
    desk.believed = chain(200, 1, 195, 1);
    assertThat(isHit("debug_traceTransaction", params)).isFalse();
  }

  @Test
  void theEmptyRawTransactionOfANodeThatDoesNotKnowItIsNotKept() {
    String params = "[\"" + TX + "\"]";

    assertThat(byHash("debug_getRawTransaction", params, "\"0x\"").cacheStatus().reason())
        .isEqualTo(MissReason.NULL_RESULT);
  }

  @Test
  void aTransactionsBlockNearTheHeadIsAskedForAfterItsTraceEvenIfItIsKnown() {
    byHash("eth_getTransactionByHash", "[\"" + TX + "\"]", Blocks.part(Blocks.at(198, 1)));
    Future<RpcReply> reply = desk.call(call("debug_traceTransaction", "[\"" + TX + "\"]"));
    desk.answer("debug_traceTransaction", "{\"gas\":1}");
    desk.answer("eth_getTransactionByHash", Blocks.part(Blocks.at(198, 2)));

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.BLOCK_UNKNOWN);
  }

  @Test
  void aCallByTheHashOfABlockOfTheWindowIsKeptWithIt() {
    String hash = Blocks.hash(198, 1).toString();
    String params = "[\"0xa1\",{\"blockHash\":\"" + hash + "\"}]";

    byHash("eth_getBalance", params, "\"0x1\"");
    assertThat(isHit("eth_getBalance", params)).isTrue();
    desk.believed = chain(200, 1, 195, 1);
    assertThat(isHit("eth_getBalance", params)).isFalse();
  }

  @Test
  void theBlockOfAHashThatIsNotKnownIsLookedUpBesideTheCall() {
    Future<RpcReply> reply =
        desk.call(call("eth_getBlockTransactionCountByHash", "[\"" + Blocks.hash(90, 1) + "\"]"));
    assertThat(desk.asked.stream().map(request -> request.method().name()))
        .containsExactlyInAnyOrder("eth_getBlockTransactionCountByHash", "eth_getBlockByHash");
    assertThat(desk.asked.stream().filter(request -> request.caller().isOurselves())).hasSize(1);
    desk.answer("eth_getBlockTransactionCountByHash", "\"0x2\"");
    desk.answer("eth_getBlockByHash", Blocks.json(Blocks.at(90, 1)));
    desk.answer("eth_getBlockByNumber", Blocks.json(Blocks.at(90, 1)));

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.COLD);
  }

  @Test
  void headKeyedAnswersAreKeptUntilTheHeadChanges() {
    byHash("eth_gasPrice", "[]", "\"0x1\"");
    byHash("eth_feeHistory", "[4,\"latest\",[]]", "{}");
    assertThat(isHit("eth_gasPrice", "")).isTrue();
    assertThat(isHit("eth_feeHistory", "[4,\"latest\",[]]")).isTrue();

    desk.believed = chain(200, 1, 199, 1);
    assertThat(isHit("eth_gasPrice", "[]")).isFalse();
    desk.believed = chain(201, 1, 201, 0);
    assertThat(isHit("eth_gasPrice", "[]")).isFalse();
  }

  @Test
  void aTagOfAHeadKeyedCallIsWhatItMeansAndNotAWord() {
    desk.believed = new Belief(200, 160, 0).epoch(0).with(before.blocks());
    byHash("bor_getAuthor", "[\"finalized\"]", "\"0xa1\"");
    assertThat(desk.asked.getFirst().paramsText()).isEqualTo("[\"0xa0\"]");
    assertThat(isHit("bor_getAuthor", "[\"finalized\"]")).isTrue();

    desk.believed = new Belief(200, 161, 0).epoch(0).with(before.blocks());
    assertThat(isHit("bor_getAuthor", "[\"finalized\"]")).isFalse();
  }

  @Test
  void aRevertThatWasAskedByHashIsKeptWithItsBlock() {
    Future<RpcReply> reply = desk.call(call("eth_call", "[{}]"));
    RpcReply.RpcError revert = Desk.revert(100);
    desk.answer(
        "eth_call",
        new RpcReply.RpcError(revert.json(), Failure.NODE_REVERT, fromNode(), 0, 100, true));

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.COLD);
    assertThat(isHit("eth_call", "[{},\"0xc8\"]")).isTrue();
  }

  @Test
  void aBlockAboveTheHeadIsPassedOnAndOneThatIsThereMakesTheHeadBeAskedFor() {
    RpcReply reply =
        byHash("eth_getBlockByNumber", "[\"0xc9\",false]", Blocks.json(Blocks.at(201, 1)));

    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.ABOVE_HEAD);
    assertThat(desk.suspicions).isEqualTo(1);
    assertThat(desk.asked.getFirst().asked()).isEqualTo(AskedBlock.ANY);
  }

  @Test
  void aBlockBelowTheWindowThatIsNotFinalMakesTheWindowReachDown() {
    RpcReply reply =
        desk.exchange(call("eth_getBalance", "[\"0xa1\",\"0x78\"]"), Desk.result("\"0x1\"", 100));

    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NOT_FINAL);
    assertThat(desk.wanted).containsExactly(120L);
  }

  @Test
  void aSingleCallThatFoundTheChainChangedIsPutToTheChainAsItIs() {
    Future<RpcReply> reply = desk.call(call("eth_getBalance", "[\"0xa1\",\"latest\"]"));
    desk.believed = chain(201, 1, 195, 1);
    desk.answer("eth_getBalance", Failure.NODE_LACKS_BLOCK.reply());
    RpcRequest anew = desk.asked.getLast();
    desk.answer("eth_getBalance", new Result(bytes("\"0x7\""), fromNode(), 100, true));

    assertThat(anew.asked().block()).isEqualTo(Blocks.at(201, 2));
    assertThat(Desk.json(reply.result())).isEqualTo("\"0x7\"");
    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"latest\"]")).isTrue();
  }

  @Test
  void aCallOfABatchIsNotPutToAnotherChainThanTheOthers() {
    Call member = call("eth_getBalance", "[\"0xa1\",\"latest\"]");
    member.caller().sendsBatch();
    Future<RpcReply> reply = desk.call(member);
    desk.believed = chain(201, 1, 195, 1);
    desk.answer("eth_getBalance", Failure.NODE_LACKS_BLOCK.reply());

    assertThat(reply.result()).isInstanceOf(RpcReply.RpcError.class);
    assertThat(desk.asked).hasSize(1);
  }

  @Test
  void theTagsOfFinalityAreTheBlocksThatTheNodesName() {
    desk.believed =
        new Belief(200, 160, 0).epoch(0).with(before.blocks()); // the tag names what is final
    byHash("eth_getBalance", "[\"0xa1\",\"finalized\"]", "\"0x1\"");

    assertThat(isHit("eth_getBalance", "[\"0xa1\",\"0xa0\"]")).isTrue();
    assertThat(desk.asked.getFirst().asked().block()).isEqualTo(Blocks.at(160, 1));
  }

  private static CacheStatus fromNode() {
    return CacheStatus.miss(MissReason.COLD);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aSnapshotWithoutAWindowKeepsNothingNearTheHead() {
    desk.believed = new Belief(200, 100, 0);

    assertThat(byHash("eth_getBalance", "[\"0xa1\",\"latest\"]", "\"0x1\"").cacheStatus().reason())
        .isEqualTo(MissReason.NOT_FINAL);
  }
}
