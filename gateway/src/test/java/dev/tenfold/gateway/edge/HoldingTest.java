package dev.tenfold.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.rpc.CacheStatus;
import dev.tenfold.gateway.rpc.Failure;
import dev.tenfold.gateway.rpc.InFlight;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.ResultStream;
import dev.tenfold.gateway.rpc.RpcReply;
import io.vertx.core.Future;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldingTest {
  private static final int FREE = Holding.FREE_BYTES;

  private final InFlight inFlight = new InFlight(1_000_000);
  private final Holding holding = new Holding(inFlight);

  private static RpcReply result(int length) {
    return new RpcReply.Result(new byte[length], CacheStatus.miss(MissReason.COLD), 0);
  }

  /** A stream that holds so much, and knows whether it was cancelled. */
  private static final class Held implements ResultStream {
    private final int bytes;
    private boolean cancelled;

    Held(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public Future<Part> next() {
      return Future.succeededFuture(new Part.Whole());
    }

    @Override
    public int heldBytes() {
      return bytes;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  @Test
  void aSmallRequestTouchesNothingThatIsShared() {
    assertThat(holding.hold(1_000)).isTrue();
    assertThat(holding.hold(result(FREE - 1_000))).isInstanceOf(RpcReply.Result.class);
    assertThat(holding.isCounted()).isFalse();
    assertThat(inFlight.heldBytes()).isZero();
  }

  @Test
  void whatIsLargerIsCountedAndGivenBackOnce() {
    assertThat(holding.hold(FREE + 500)).isTrue();
    assertThat(inFlight.heldBytes()).isEqualTo(500);
    assertThat(holding.hold(result(1_000))).isInstanceOf(RpcReply.Result.class);
    assertThat(inFlight.heldBytes()).isEqualTo(1_500);
    holding.drop(1_200);
    assertThat(inFlight.heldBytes()).isEqualTo(300);
    holding.release();
    holding.release();
    assertThat(inFlight.heldBytes()).isZero();
  }

  @Test
  void whatHasNoRoomIsRefusedAndLeavesTheRestAsItWas() {
    assertThat(holding.hold(900_000)).isTrue();
    RpcReply refused = holding.hold(result(200_000));
    assertThat(refused)
        .isInstanceOfSatisfying(
            RpcReply.RpcError.class,
            error -> {
              assertThat(error.failure()).isEqualTo(Failure.IN_FLIGHT_FULL);
              assertThat(error.retryAfterSeconds()).isEqualTo(1);
            });
    assertThat(inFlight.heldBytes()).isEqualTo(900_000 - FREE);
    assertThat(inFlight.refused()).isEqualTo(1);
    assertThat(holding.hold(100_000)).isTrue();
  }

  @Test
  void aStreamThatHasNoRoomIsCancelled() {
    Held fits = new Held(100_000);
    Held large = new Held(900_000);
    CacheStatus status = CacheStatus.miss(MissReason.TOO_LARGE);
    assertThat(holding.hold(new RpcReply.Streamed(fits, status)))
        .isInstanceOf(RpcReply.Streamed.class);
    assertThat(inFlight.heldBytes()).isEqualTo(100_000 + Holding.STREAM_BYTES - FREE);
    assertThat(holding.hold(new RpcReply.Streamed(large, status)))
        .isInstanceOf(RpcReply.RpcError.class);
    assertThat(fits.cancelled).isFalse();
    assertThat(large.cancelled).isTrue();
  }

  @Test
  void theBooksAreRightAfterAnyOrderOfEvents() {
    Random random = new Random(1);
    long held = 0;
    for (int i = 0; i < 10_000; i++) {
      long bytes = random.nextInt(40_000);
      if (random.nextBoolean()) {
        held += holding.hold(bytes) ? bytes : 0;
      } else if (bytes <= held) {
        holding.drop(bytes);
        held -= bytes;
      }
      assertThat(inFlight.heldBytes()).isEqualTo(Math.max(0, held - FREE));
    }
    holding.release();
    assertThat(inFlight.heldBytes()).isZero();
  }
}
