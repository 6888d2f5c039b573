package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.chain.ChainFacts;
import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The node calls block 100 final (0x64); the head is 200 (0xc8). */
class CachePolicyTest {
  private static final String BLOCK_100 = "{\"number\":\"0x64\",\"hash\":\"0xabc\"}";
  private static final String RECEIPT_AT_100 = "{\"blockNumber\":\"0x64\",\"status\":\"0x1\"}";
  private static final String BY_HASH = "[\"" + Desk.HASH + "\"]";

  private final Desk desk = new Desk();

  @Test
  void anAnswerAboutAFinalBlockIsKeptAndGivenByteForByte() {
    String block = "{ \"z\":1.50, \"number\":\"0x64\" , \"a\":\"\\u0041\" }";

    RpcReply first = desk.exchange("eth_getBlockByNumber", "[\"0x64\",false]", block);
    RpcReply second = desk.call("eth_getBlockByNumber", "[\"0x64\",false]").result();

    assertThat(first.cacheStatus().header()).isEqualTo("Tenfold; fwd=miss; detail=cold");
    assertThat(second.cacheStatus().header()).isEqualTo("Tenfold; hit");
    assertThat(Desk.json(second)).isEqualTo(block);
    assertThat(desk.asked).hasSize(1);
  }

  @Test
  void anAnswerAboutABlockThatTheNodeDoesNotCallFinalIsNotKept() {
    assertThat(desk.missReason("eth_getBalance", "[\"0xa1\",\"0x65\"]", "\"0x1\""))
        .isEqualTo(MissReason.NOT_FINAL);
    assertThat(desk.isKept("eth_getBalance", "[\"0xa1\",\"0x65\"]", "\"0x1\"")).isFalse();
  }

  @Test
  void whatAnotherNodeCallsFinalDoesNotCount() {
    Call call = Call.of("eth_getBalance", "[\"0xa1\",\"0x60\"]").with(new Belief(200, 150, 0));

    RpcReply reply = desk.exchange(call, Desk.result("\"0x1\"", 0x5f));

    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NOT_FINAL);
  }

  @Test
  void nothingIsFinalForANodeThatKnowsNoFinalizedBlock() {
    Call call = Call.of("eth_getBlockByNumber", "[\"0x0\",false]");

    RpcReply reply = desk.exchange(call, Desk.result("{\"number\":\"0x0\"}", -1));

    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NOT_FINAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "safe", "finalized"})
  void aMethodIsNotKeptWithoutLookingAtTheBlockThatItNames(String tag) {
    String params = "[\"" + tag + "\",false]";

    assertThat(desk.missReason("eth_getBlockByNumber", params, BLOCK_100))
        .isEqualTo(MissReason.BLOCK_UNKNOWN);
    assertThat(desk.isKept("eth_getBlockByNumber", params, BLOCK_100)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"to\":\"0xa1\"}]",
        "[{\"to\":\"0xa1\"},null]",
        "[{\"to\":\"0xa1\"},\"latest\"]",
        "[{\"to\":\"0xa1\"},{\"blockNumber\":\"latest\"}]"
      })
  void anEthCallWithoutANumberIsNotTakenForImmutable(String params) {
    assertThat(desk.missReason("eth_call", params, "\"0x\"")).isEqualTo(MissReason.NOT_FINAL);
    assertThat(desk.isKept("eth_call", params, "\"0x\"")).isFalse();
  }

  @Test
  void anEip1898ObjectWithAFinalNumberIsKept() {
    assertThat(desk.isKept("eth_call", "[{},{\"blockNumber\":\"0x64\"}]", "\"0x\"")).isTrue();
  }

  @Test
  void anAnswerByHashThatNamesNoBlockIsNotKept() {
    String params = "[\"0xa1\",{\"blockHash\":\"" + Desk.HASH + "\"}]";

    Future<RpcReply> reply = desk.call("eth_getBalance", params);
    desk.answer("eth_getBalance", "\"0x1\"");
    desk.answer("eth_getBlockByHash", "null");

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.BLOCK_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_getBlockTransactionCountByNumber | [\"0x64\"]",
        "eth_getBlockReceipts | [\"0x64\"]",
        "eth_getBalance | [\"0xa1\",\"0x64\"]",
        "eth_getStorageAt | [\"0xa1\",\"0xffff\",\"0x64\"]",
        "eth_getProof | [\"0xa1\",[\"0xffff\"],\"0x64\"]",
        "trace_call | [{},[\"trace\"],\"0x64\"]",
        "trace_callMany | [[],\"0x64\"]",
        "debug_traceCall | [{},\"0x64\",{}]",
        "debug_traceCallMany | [[],{\"blockNumber\":\"0x64\",\"transactionIndex\":0}]",
        "eth_getStorageValues | [{\"0xa1\":[\"0xffff\"]},\"0x64\"]",
        "eth_feeHistory | [4,\"0x64\",[]]"
      })
  void theBlockIsReadFromTheParameterThatTheMethodHasItIn(String method, String params) {
    assertThat(desk.isKept(method, params, "\"0x1\"")).isTrue();
    assertThat(desk.isKept(method, params.replace("0x64", "0x65"), "\"0x1\"")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0x064\"", "\"0X64\"", "\"100\"", "100", "\"\\u0030x64\"", "true"})
  void anOddSpellingOfANumberIsPassedOnAndNotKept(String number) {
    assertThat(desk.missReason("eth_getBalance", "[\"0xa1\"," + number + "]", "\"0x1\""))
        .isEqualTo(MissReason.BAD_PARAMS);
    assertThat(desk.isKept("eth_getBalance", "[\"0xa1\"," + number + "]", "\"0x1\"")).isFalse();
  }

  @Test
  void aMemberThatSomeNodesReadWithoutRegardToCaseIsNotTrusted() {
    String logs = "[{\"fromBlock\":\"0x1\",\"toBlock\":\"0x2\",\"ToBlock\":\"latest\"}]";
    String state = "[\"0xa1\",{\"blockNumber\":\"0x1\",\"BlockNumber\":\"latest\"}]";

    assertThat(desk.missReason("eth_getLogs", logs, "[]")).isEqualTo(MissReason.BAD_PARAMS);
    assertThat(desk.missReason("eth_getBalance", state, "\"0x1\""))
        .isEqualTo(MissReason.BAD_PARAMS);
  }

  @Test
  void aMemberThatIsThereTwiceIsNotKept() {
    String params = "[{\"to\":\"0xa1\",\"to\":\"0xa2\"},\"0x64\"]";

    assertThat(desk.missReason("eth_call", params, "\"0x\""))
        .isEqualTo(MissReason.DUPLICATE_MEMBER);
    assertThat(desk.isKept("eth_call", params, "\"0x\"")).isFalse();
  }

  @Test
  void paramsGivenByNameArePassedOnAndNotKept() {
    assertThat(desk.missReason("eth_getBlockByNumber", "{\"block\":\"0x64\"}", BLOCK_100))
        .isEqualTo(MissReason.BAD_PARAMS);
  }

  @Test
  void receiptsAndTransactionsByHashAreKeptOnlyOnceNoReorgCanTouchThem() {
    String young = "{\"blockNumber\":\"0x65\",\"status\":\"0x1\"}";

    assertThat(desk.missReason("eth_getTransactionReceipt", BY_HASH, young))
        .isEqualTo(MissReason.NOT_FINAL);
    assertThat(desk.isKept("eth_getTransactionReceipt", BY_HASH, young)).isFalse();
    assertThat(desk.isKept("eth_getTransactionReceipt", BY_HASH, RECEIPT_AT_100)).isTrue();
    assertThat(desk.isKept("eth_getTransactionByHash", BY_HASH, RECEIPT_AT_100)).isTrue();
  }

  @Test
  void aPendingTransactionIsNotKept() {
    String pending = "{\"hash\":\"0xab\",\"blockNumber\":null}";

    assertThat(desk.missReason("eth_getTransactionByHash", BY_HASH, pending))
        .isEqualTo(MissReason.BLOCK_UNKNOWN);
  }

  @Test
  void aTransactionsTraceIsNotKeptWhileItsBlockIsNotEstablished() {
    Future<RpcReply> reply = desk.call("debug_traceTransaction", BY_HASH);
    desk.answer("debug_traceTransaction", "{\"gas\":21000}");
    desk.answer("eth_getTransactionByHash", "{\"blockNumber\":null}");

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.BLOCK_UNKNOWN);
    assertThat(desk.isKept("trace_transaction", BY_HASH, "[{\"blockNumber\":100}]")).isTrue();
  }

  @Test
  void aBlockByHashIsKeptOnceFinal() {
    String params = "[\"" + Desk.HASH + "\",true]";
    String named = "{\"number\":\"0x64\",\"hash\":\"" + Desk.HASH + "\"}";

    assertThat(desk.isKept("eth_getBlockByHash", params, named.replace("64", "65"))).isFalse();
    Future<RpcReply> reply = desk.call("eth_getBlockByHash", params);
    desk.answer("eth_getBlockByHash", named);
    desk.answer("eth_getBlockByNumber", named);

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.COLD);
    assertThat(desk.call("eth_getBlockByHash", params).result().cacheStatus().isHit()).isTrue();
  }

  @Test
  void anOrphanBelowTheWindowIsNotTakenForFinal() {
    String params = "[\"" + Desk.HASH + "\",true]";
    String orphan = "{\"number\":\"0x64\",\"hash\":\"" + Desk.HASH + "\"}";

    Future<RpcReply> reply = desk.call("eth_getBlockByHash", params);
    desk.answer("eth_getBlockByHash", orphan);
    desk.answer("eth_getBlockByNumber", orphan.replace("ab", "cd"));

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.BLOCK_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "net_peerCount, not-ready",
    "eth_gasPrice, not-ready",
    "zks_getFeeParams, unknown-method",
    "eth_coinbase, unknown-method",
    "txpool_content, never-kept",
    "eth_sendRawTransaction, never-kept",
    "eth_newBlockFilter, filter",
    "anvil_mine, unknown-method"
  })
  void aMethodIsNotKeptByDefault(String method, String reason) {
    assertThat(desk.missReason(method, "[]", "\"0x1\"").token()).isEqualTo(reason);
    assertThat(desk.isKept(method, "[]", "\"0x1\"")).isFalse();
  }

  @Test
  void syncingAndAccountsAreNotKeptWhenANodeHasToBeAsked() {
    desk.facts = new ChainFacts(1, "1", "anvil/v1", false, true);

    assertThat(desk.isKept("eth_syncing", "[]", "{\"currentBlock\":\"0x1\"}")).isFalse();
    assertThat(desk.isKept("eth_accounts", "[]", "[\"0xa1\"]")).isFalse();
  }

  @Test
  void theNullOfAFutureBlockIsNotKept() {
    assertThat(desk.missReason("eth_getBlockByNumber", "[\"0xc9\",false]", "null"))
        .isEqualTo(MissReason.NULL_RESULT);
    assertThat(desk.isKept("eth_getBlockByNumber", "[\"0xc9\",false]", "null")).isFalse();
    assertThat(desk.isKept("eth_getTransactionReceipt", BY_HASH, " null")).isFalse();
  }

  @Test
  void theEmptyLogsOfABlockThatIsNotFinalAreNotKept() {
    String params = "[{\"fromBlock\":\"0x65\",\"toBlock\":\"0x65\"}]";
    String byHash = "[{\"blockHash\":\"" + Desk.HASH + "\"}]";

    assertThat(desk.isKept("eth_getLogs", params, "[]")).isFalse();
    Future<RpcReply> reply = desk.call("eth_getLogs", byHash);
    desk.answer("eth_getLogs", "[]");
    desk.answer("eth_getBlockByHash", "null");
    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.BLOCK_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"fromBlock\":\"0x1\",\"toBlock\":\"0x64\"} | cold",
        "{\"fromBlock\":\"0x1\",\"toBlock\":\"0x65\"} | not-final",
        "{\"fromBlock\":\"0x1\"} | not-final",
        "{\"toBlock\":\"0x1\"} | bad-params",
        "{} | not-final",
        "{\"fromBlock\":\"0x1\",\"toBlock\":\"latest\"} | not-final",
        "{\"fromBlock\":\"0x1\",\"toBlock\":null} | not-final",
        "{\"fromBlock\":\"earliest\",\"toBlock\":\"0x1\"} | pending",
        "{\"fromBlock\":\"0x1\",\"toBlock\":\"pending\"} | pending",
        "{\"fromBlock\":\"0x2\",\"toBlock\":\"0x1\"} | bad-params",
        "{\"fromBlock\":\"0x01\",\"toBlock\":\"0x2\"} | bad-params",
        "{\"blockHash\":\"0x1\"} | bad-params"
      })
  void logsOfARangeAreKeptWhenBothEndsAreFinal(String filter, String reason) {
    assertThat(desk.missReason("eth_getLogs", "[" + filter + "]", "[]").token()).isEqualTo(reason);
  }

  @Test
  void logsByHashAreKeptWhenTheyNameAFinalBlock() {
    String params = "[{\"blockHash\":\"" + Desk.HASH + "\"}]";

    Future<RpcReply> reply = desk.call("eth_getLogs", params);
    String part = "\"blockNumber\":\"0x64\",\"blockHash\":\"" + Desk.HASH + "\"";
    desk.answer("eth_getLogs", "[{" + part + "}]");
    desk.answer(
        "eth_getBlockByNumber", "{" + part.replace("blockN", "n").replace("blockH", "h") + "}");

    assertThat(reply.result().cacheStatus().reason()).isEqualTo(MissReason.COLD);
    assertThat(desk.call("eth_getLogs", params).result().cacheStatus().isHit()).isTrue();
  }

  @Test
  void aResultLargerThanWhatIsBufferedIsPassedOnAndNotKept() {
    String large = '"' + "a".repeat(1 << 16) + '"';

    RpcReply reply = desk.exchange("eth_call", "[{},\"0x64\"]", large);

    assertThat(Desk.json(reply)).isEqualTo(large);
    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.TOO_LARGE);
    assertThat(desk.isKept("eth_call", "[{},\"0x64\"]", large)).isFalse();
  }

  @Test
  void aResultOfMoreThan16KiBIsKept() {
    assertThat(desk.isKept("eth_call", "[{},\"0x64\"]", '"' + "a".repeat(20_000) + '"')).isTrue();
  }

  @Test
  void twoLargeRequestsDoNotShareAnAnswer() {
    String filler = "ab".repeat(20_000);

    desk.exchange("eth_call", "[{\"data\":\"0x" + filler + "01\"},\"0x64\"]", "\"0x01\"");
    RpcReply other =
        desk.exchange("eth_call", "[{\"data\":\"0x" + filler + "02\"},\"0x64\"]", "\"0x02\"");

    assertThat(Desk.json(other)).isEqualTo("\"0x02\"");
  }

  @Test
  void errorsAreNotKept() {
    Call call = Call.of("eth_call", "[{},\"0x64\"]");

    RpcReply reply = desk.exchange(call, Failure.NODE_ERROR.reply("header not found"));
    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.ERROR);
    assertThat(desk.exchange(call, Desk.result("\"0x\"", 100)).cacheStatus().isHit()).isFalse();
  }

  @Test
  void aRevertAtAFinalBlockIsKept() {
    Call call = Call.of("eth_call", "[{},\"0x64\"]");

    assertThat(desk.exchange(call, Desk.revert(100)).cacheStatus().reason())
        .isEqualTo(MissReason.COLD);
    RpcReply second = desk.call(call).result();
    assertThat(second.cacheStatus().isHit()).isTrue();
    assertThat(second).isInstanceOf(RpcReply.RpcError.class);
  }

  @Test
  void aRevertAtABlockThatIsNotFinalIsNotKept() {
    RpcReply reply = desk.exchange(Call.of("eth_call", "[{},\"0x64\"]"), Desk.revert(99));
    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NOT_FINAL);
    reply = desk.exchange(Call.of("eth_call", "[{}]"), Desk.revert(100));
    assertThat(reply.cacheStatus().reason()).isEqualTo(MissReason.NOT_FINAL);
  }

  @Test
  void aBlockOtherThanTheOneAskedForIsNotKept() {
    assertThat(desk.missReason("eth_getBlockByNumber", "[\"0x63\",false]", BLOCK_100))
        .isEqualTo(MissReason.BLOCK_UNKNOWN);
  }

  @Test
  void aResetForgetsAllThatWasKeptOfTheChain() {
    desk.exchange("eth_getBalance", "[\"0xa1\",\"0x1\"]", "\"0x1\"");
    desk.believed = new Belief(5, 1, 1);

    Call afterwards = Call.of("eth_getBalance", "[\"0xa1\",\"0x1\"]").with(desk.believed);
    RpcReply reply = desk.exchange(afterwards, Desk.result("\"0x2\"", 1));

    assertThat(Desk.json(reply)).isEqualTo("\"0x2\"");
    assertThat(desk.call(afterwards).result().cacheStatus().isHit()).isTrue();
  }

  @Test
  void anAnswerThatAResetOvertookIsNotKept() {
    var future = desk.call("eth_getBalance", "[\"0xa1\",\"0x1\"]");
    desk.believed = new Belief(5, 1, 1);
    desk.open.removeLast().complete(Desk.result("\"0x1\"", 100));

    assertThat(future.result().cacheStatus().reason()).isEqualTo(MissReason.RESET);
    assertThat(desk.memory.stats().size()).isZero();
  }

  @Test
  void everyCallIsCountedAsAHitOrByTheReasonOfItsMiss() {
    desk.exchange("eth_getBalance", "[\"0xa1\",\"0x1\"]", "\"0x1\"");
    desk.exchange("eth_getBalance", "[\"0xa1\",\"0x1\"]", "\"0x1\"");
    desk.call("eth_chainId", "[]");
    desk.exchange("eth_sendRawTransaction", "[\"0x01\"]", "\"0x1\"");

    assertThat(desk.counters.hits()).isEqualTo(2);
    assertThat(desk.counters.misses(MissReason.COLD)).isEqualTo(1);
    assertThat(desk.counters.misses(MissReason.NEVER_KEPT)).isEqualTo(1);
    assertThat(desk.counters.collapsed()).isZero();
  }
}
