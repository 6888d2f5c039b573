package dev.tenfold.gateway.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Caller;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.ResultStream;
import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcReply.Streamed;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Equal calls whose answer turns out to be too large to be shared. */
class StreamedFlightsTest {
  private static final String PARAMS = "[{\"fromBlock\":\"0x1\",\"toBlock\":\"0x2\"}]";

  private final Desk desk = new Desk();

  private static final class Stream implements ResultStream {
    private int cancelled;

    @Override
    public Future<Part> next() {
      return Future.succeededFuture(new Part.Whole());
    }

    @Override
    public int heldBytes() {
      return 0;
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }

  private Future<RpcReply> call() {
    return desk.call("eth_getLogs", PARAMS);
  }

  private Stream answer(int call) {
    Stream stream = new Stream();
    desk.open.get(call).complete(new Streamed(stream, CacheStatus.miss(MissReason.COLD)));
    return stream;
  }

  private static ResultStream stream(Future<RpcReply> future) {
    return ((Streamed) future.result()).result();
  }

  @Test
  void theOneWhoAskedGetsTheStreamAndTheOthersAskOneAfterTheOther() {
    Future<RpcReply> first = call();
    Future<RpcReply> second = call();
    Future<RpcReply> third = call();
    assertThat(desk.asked).hasSize(1);

    Stream one = answer(0);
    assertThat(stream(first)).isSameAs(one);
    assertThat(second.isComplete()).isFalse();
    assertThat(third.isComplete()).isFalse();
    assertThat(desk.asked).hasSize(2);
    answer(1);
    assertThat(desk.asked).hasSize(3);
    answer(2);

    assertThat(second.isComplete()).isTrue();
    assertThat(third.isComplete()).isTrue();
    assertThat(stream(second)).isNotSameAs(stream(third));
    assertThat(one.cancelled).isZero();
    assertThat(first.result().cacheStatus()).isEqualTo(CacheStatus.miss(MissReason.TOO_LARGE));
    assertThat(desk.answers.sharedCallsInFlight()).isZero();
    assertThat(desk.loops.timersSet()).isZero();
  }

  @Test
  void thoseWhoAskAgainShareAnAnswerThatIsSmallThen() {
    call();
    Future<RpcReply> second = call();
    Future<RpcReply> third = call();
    answer(0);
    desk.open.get(1).complete(Desk.result("[]", 100));

    assertThat(Desk.json(second.result())).isEqualTo("[]");
    assertThat(Desk.json(third.result())).isEqualTo("[]");
    assertThat(desk.asked).hasSize(2);
  }

  @Test
  void aStreamWhoseReaderHasLeftIsCancelled() {
    Caller leaver = new Caller();
    desk.call(Call.of("eth_getLogs", PARAMS).by(leaver));
    Future<RpcReply> second = call();
    leaver.leave();

    Stream unwanted = answer(0);
    assertThat(unwanted.cancelled).isEqualTo(1);
    assertThat(desk.asked).hasSize(2);
    Stream wanted = answer(1);
    assertThat(stream(second)).isSameAs(wanted);
    assertThat(wanted.cancelled).isZero();
  }

  @Test
  void nobodyAsksAgainWhoseTimeIsOver() {
    call();
    Future<RpcReply> second = call();
    desk.loops.advance(Duration.ofDays(1).toNanos());
    assertThat(second.isComplete()).isTrue();

    answer(0);
    assertThat(desk.asked).hasSize(1);
  }

  @Test
  void aStreamIsNotKept() {
    call();
    answer(0);
    call();
    assertThat(desk.asked).hasSize(2);
  }
}
