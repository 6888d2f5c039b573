package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.Belief;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.RpcError;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlightsTest {
  private static final String PARAMS = "[{\"to\":\"0xa1\"},\"0x64\"]";

  private final Desk desk = new Desk();

  @Test
  void equalCallsInFlightShareOneCallToTheNode() {
    Future<RpcReply> first = desk.call("eth_call", PARAMS);
    Future<RpcReply> second = desk.call("eth_call", "[ {\"to\":\"0xA1\"} , \"0x64\" ] ");
    assertThat(desk.answers.sharedCallsInFlight()).isEqualTo(1);

    desk.open.getFirst().complete(Desk.result("\"0x01\"", 100));

    assertThat(desk.asked).hasSize(1);
    assertThat(first.result().cacheStatus().header()).isEqualTo("Tenfold; fwd=miss; detail=cold");
    assertThat(second.result().cacheStatus().header())
        .isEqualTo("Tenfold; fwd=miss; collapsed; detail=cold");
    assertThat(Desk.json(second.result())).isEqualTo("\"0x01\"");
    assertThat(desk.counters.misses(MissReason.COLD)).isEqualTo(2);
    assertThat(desk.counters.collapsed()).isEqualTo(1);
    assertThat(desk.answers.sharedCallsInFlight()).isZero();
    assertThat(desk.loops.timersSet()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_newFilter | [{}]",
        "eth_newBlockFilter | []",
        "eth_getFilterChanges | [\"0x1\"]",
        "eth_sendRawTransaction | [\"0x02\"]",
        "eth_sendRawTransactionSync | [\"0x02\"]",
        "eth_sendTransaction | [{}]",
        "zks_unknown | []",
        "txpool_content | []",
        "eth_call | [{},\"pending\"]",
        "eth_getTransactionCount | [\"0xa1\",\"pending\"]",
        "eth_getTransactionCount | [\"0xa1\",{\"blockNumber\":\"pending\"}]",
        "eth_getBlockByNumber | [\"earliest\",false]",
        "eth_getLogs | [{\"toBlock\":\"pending\"}]",
        "eth_feeHistory | [1,\"pending\",[]]",
        "debug_storageRangeAt | [\"pending\",0]",
        "bor_getAuthor | [\"pending\"]",
        "eth_call | [{\"to\":\"0xa1\",\"to\":\"0xa1\"},\"0x64\"]",
        "eth_call | {\"to\":\"0xa1\"}",
        "eth_getTransactionCount | [\"0xa1\",\"\\u0070ending\"]"
      })
  void callsThatAreNotSafeToShareEachGoOut(String method, String params) {
    Future<RpcReply> first = desk.call(method, params);
    Future<RpcReply> second = desk.call(method, params);
    desk.open.get(0).complete(Desk.result("\"0x1\"", 100));
    desk.open.get(1).complete(Desk.result("\"0x2\"", 100));

    assertThat(desk.asked).hasSize(2);
    assertThat(Desk.json(first.result())).isEqualTo("\"0x1\"");
    assertThat(Desk.json(second.result())).isEqualTo("\"0x2\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eth_call | [{}]",
        "eth_gasPrice | []",
        "eth_getBlockByNumber | [\"latest\",false]",
        "eth_getTransactionReceipt | [\"0x01\"]",
        "eth_getLogs | [{}]",
        "debug_traceTransaction | [\"0x01\"]"
      })
  void callsAboutTheHeadAreSharedThoughNotKept(String method, String params) {
    desk.call(method, params);
    Future<RpcReply> second = desk.call(method, params);
    desk.open.getFirst().complete(Desk.result("null", 100));

    assertThat(desk.asked).hasSize(1);
    assertThat(second.result().cacheStatus().isCollapsed()).isTrue();
    assertThat(desk.call(method, params).isComplete()).isFalse();
  }

  @Test
  void whoHasSeenANewerHeadDoesNotJoinACallFromBefore() {
    desk.call("eth_call", "[{}]");
    desk.call(Call.of("eth_call", "[{}]").with(new Belief(201, 100, 0)));

    assertThat(desk.asked).hasSize(2);
  }

  @Test
  void oneCallerWhoHangsUpCancelsNothingForTheOthers() {
    Caller impatient = new Caller();
    Future<RpcReply> first = desk.call(Call.of("eth_call", PARAMS).by(impatient));
    Future<RpcReply> second = desk.call("eth_call", PARAMS);

    impatient.leave();

    assertThat(failure(first)).isEqualTo(Failure.CALLER_GONE);
    assertThat(desk.asked.getFirst().caller().isGone()).isFalse();
    desk.open.getFirst().complete(Desk.result("\"0x\"", 100));
    assertThat(Desk.json(second.result())).isEqualTo("\"0x\"");
  }

  @Test
  void theCallIsCalledOffWhenTheLastCallerHasLeft() {
    Caller one = new Caller();
    Caller two = new Caller();
    desk.call(Call.of("eth_call", PARAMS).by(one));
    desk.call(Call.of("eth_call", PARAMS).by(two));

    two.leave();
    assertThat(desk.asked.getFirst().caller().isGone()).isFalse();
    one.leave();
    assertThat(desk.asked.getFirst().caller().isGone()).isTrue();

    desk.call("eth_call", PARAMS);
    assertThat(desk.asked).hasSize(2);
    assertThat(desk.loops.timersSet()).isEqualTo(1);
  }

  @Test
  void nothingIsAskedForACallerWhoIsGoneAlready() {
    Caller gone = new Caller();
    gone.leave();

    assertThat(failure(desk.call(Call.of("eth_call", PARAMS).by(gone))))
        .isEqualTo(Failure.CALLER_GONE);
    assertThat(desk.asked).isEmpty();
  }

  @Test
  void eachWaiterHasItsOwnDeadline() {
    Future<RpcReply> patient = desk.call(Call.of("eth_call", PARAMS).until(50_000));
    Future<RpcReply> hasty = desk.call(Call.of("eth_call", PARAMS).until(20_000));

    desk.loops.advance(18_999);
    assertThat(hasty.isComplete()).isFalse();
    desk.loops.advance(1);

    assertThat(failure(hasty)).isEqualTo(Failure.CALL_TIMEOUT);
    assertThat(patient.isComplete()).isFalse();
    assertThat(desk.asked.getFirst().deadlineNanos()).isEqualTo(50_000);
    desk.open.getFirst().complete(Desk.result("\"0x\"", 100));
    assertThat(Desk.json(patient.result())).isEqualTo("\"0x\"");
    assertThat(Desk.json(hasty.result())).contains("no node answered in time");
  }

  @Test
  void aFailedFlightFailsThoseWhoJoinedAndLeavesNothingBehind() {
    Future<RpcReply> first = desk.call("eth_call", PARAMS);
    Future<RpcReply> second = desk.call("eth_call", PARAMS);
    desk.open.getFirst().complete(Failure.NO_NODE.reply());

    assertThat(failure(first)).isEqualTo(Failure.NO_NODE);
    assertThat(failure(second)).isEqualTo(Failure.NO_NODE);
    assertThat(second.result().cacheStatus().header())
        .isEqualTo("Tenfold; fwd=miss; collapsed; detail=error");
    assertThat(desk.answers.sharedCallsInFlight()).isZero();
    desk.call("eth_call", PARAMS);
    assertThat(desk.asked).hasSize(2);
  }

  @Test
  void aStageThatBreaksItsContractIsAnInternalErrorAndNotAHang() {
    Answers failing = desk.answers("a", request -> Future.failedFuture("broken"));
    Answers throwing =
        desk.answers(
            "b",
            request -> {
              throw new IllegalStateException("broken");
            });

    assertThat(failure(failing.handle(Call.of("eth_call", PARAMS).request())))
        .isEqualTo(Failure.INTERNAL);
    assertThat(failure(throwing.handle(Call.of("eth_call", PARAMS).request())))
        .isEqualTo(Failure.INTERNAL);
    assertThat(failure(failing.handle(Call.of("zks_x", "[]").request())))
        .isEqualTo(Failure.INTERNAL);
  }

  @Test
  void aCallThatIsMadeWhileAnAnswerIsGivenFindsItKept() {
    List<Boolean> hits = new ArrayList<>();
    desk.call("eth_call", PARAMS)
        .onSuccess(reply -> hits.add(desk.call("eth_call", PARAMS).result().cacheStatus().isHit()));

    desk.open.getFirst().complete(Desk.result("\"0x\"", 100));

    assertThat(hits).containsExactly(true);
  }

  private static Failure failure(Future<RpcReply> future) {
    return ((RpcError) future.result()).failure();
  }
}
