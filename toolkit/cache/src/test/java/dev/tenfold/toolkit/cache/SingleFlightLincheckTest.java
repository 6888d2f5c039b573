package dev.tenfold.toolkit.cache;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tenfold.toolkit.cache.SingleFlight.Flight;
import dev.tenfold.toolkit.cache.SingleFlight.Waiter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Model checking: under every interleaving that Lincheck tries, joining, leaving and landing look
 * as if they had been done one after the other. Each thread has one seat at a time.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
public class SingleFlightLincheckTest {

  private static final int SEATS = 8;

  private enum Seat {
    TAKEN_BEFORE,
    STARTED,
    JOINED
  }

  private enum Left {
    NO_SEAT,
    OTHERS_STAY,
    CANCELLED
  }

  private static final class Cancelled extends RuntimeException {}

  private static final class Silent implements Waiter<String> {
    @Override
    public void landed(String value) {}

    @Override
    public void failed(Throwable cause) {}
  }

  /** Nobody lands: the last to leave, and only that one, cancels. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  public static class JoinAndLeave {
    private final SingleFlight<String, String> flights = new SingleFlight<>();
    private final AtomicReferenceArray<SingleFlight<String, String>.@Nullable Ticket> seats =
        new AtomicReferenceArray<>(SEATS);

    @Operation
    public Object join(@Param(name = "thread") int thread) {
      if (seats.get(thread) != null) {
        return Seat.TAKEN_BEFORE;
      }
      var ticket = flights.join("key", new Silent(), flight -> JoinAndLeave::cancel);
      seats.set(thread, ticket);
      return ticket.joined() ? Seat.JOINED : Seat.STARTED;
    }

    private static void cancel() {
      throw new Cancelled();
    }

    @Operation
    public Object leave(@Param(name = "thread") int thread) {
      var ticket = seats.getAndSet(thread, null);
      if (ticket == null) {
        return Left.NO_SEAT;
      }
      try {
        ticket.leave();
        return Left.OTHERS_STAY;
      } catch (Cancelled cancelled) {
        return Left.CANCELLED;
      }
    }
  }

  /** Who started a flight may land it: then, and when all have left, the next starts another. */
  @Param(name = "thread", gen = ThreadIdGen.class)
  public static class JoinLeaveAndLand {
    private final SingleFlight<String, String> flights = new SingleFlight<>();
    private final AtomicReferenceArray<SingleFlight<String, String>.@Nullable Ticket> seats =
        new AtomicReferenceArray<>(SEATS);
    private final AtomicReferenceArray<@Nullable Flight<String>> started =
        new AtomicReferenceArray<>(SEATS);

    @Operation
    public Object join(@Param(name = "thread") int thread) {
      if (seats.get(thread) != null) {
        return Seat.TAKEN_BEFORE;
      }
      var ticket = flights.join("key", new Silent(), flight -> start(thread, flight));
      seats.set(thread, ticket);
      return ticket.joined() ? Seat.JOINED : Seat.STARTED;
    }

    private Runnable start(int thread, Flight<String> flight) {
      started.set(thread, flight);
      return () -> {};
    }

    @Operation
    public void leave(@Param(name = "thread") int thread) {
      var ticket = seats.getAndSet(thread, null);
      if (ticket != null) {
        ticket.leave();
      }
    }

    @Operation
    public void land(@Param(name = "thread") int thread) {
      Flight<String> flight = started.getAndSet(thread, null);
      if (flight != null) {
        flight.land("value");
      }
    }
  }

  private static void check(Class<?> model) {
    var options =
        new ModelCheckingOptions()
            .threads(3)
            .actorsPerThread(2)
            .actorsBefore(1)
            .actorsAfter(1)
            .iterations(10)
            .invocationsPerIteration(250);
    assertThatCode(() -> options.check(model)).doesNotThrowAnyException();
  }

  @Test
  void joiningAndLeavingAreLinearizableAndOnlyTheLastToLeaveCancels() {
    check(JoinAndLeave.class);
  }

  @Test
  void joiningLeavingAndLandingAreLinearizable() {
    check(JoinLeaveAndLand.class);
  }
}
