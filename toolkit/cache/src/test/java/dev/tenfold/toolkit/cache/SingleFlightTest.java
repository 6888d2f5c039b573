package dev.tenfold.toolkit.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.toolkit.cache.SingleFlight.Flight;
import dev.tenfold.toolkit.cache.SingleFlight.Takeoff;
import dev.tenfold.toolkit.cache.SingleFlight.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final List<Flight<String>> started = new ArrayList<>();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final Takeoff<String> takeoff =
      flight -> {
        started.add(flight);
        return cancelled::incrementAndGet;
      };

  private static final class Passenger implements Waiter<String> {
    private final List<Object> told = new ArrayList<>();

    @Override
    public void landed(String value) {
      told.add(value);
    }

    @Override
    public void failed(Throwable cause) {
      told.add(cause);
    }
  }

  private static Waiter<String> onLanding(Runnable action) {
    return new Waiter<>() {
      @Override
      public void landed(String value) {
        action.run();
      }

      @Override
      public void failed(Throwable cause) {
        throw new AssertionError(cause);
      }
    };
  }

  @Test
  void equalCallsInFlightAreOneCall() {
    var first = new Passenger();
    var second = new Passenger();
    var a = flights.join("key", first, takeoff);
    var b = flights.join("key", second, takeoff);

    assertThat(started).hasSize(1);
    assertThat(a.joined()).isFalse();
    assertThat(b.joined()).isTrue();
    started.getFirst().land("value");
    assertThat(first.told).containsExactly("value");
    assertThat(second.told).containsExactly("value");
    assertThat(flights.inFlight()).isZero();
  }

  @Test
  void differentCallsAreDifferentFlights() {
    var one = new Passenger();
    var two = new Passenger();
    flights.join("one", one, takeoff);
    flights.join("two", two, takeoff);

    started.get(1).land("value of two");
    assertThat(one.told).isEmpty();
    assertThat(two.told).containsExactly("value of two");
    assertThat(flights.inFlight()).isEqualTo(1);
  }

  @Test
  void aFailedFlightFailsThoseWhoJoinedAndLeavesNothingBehind() {
    var cause = new IllegalStateException("no node");
    var first = new Passenger();
    var second = new Passenger();
    var later = new Passenger();
    flights.join("key", first, takeoff);
    flights.join("key", second, takeoff);
    started.getFirst().fail(cause);

    assertThat(first.told).containsExactly(cause);
    assertThat(second.told).containsExactly(cause);
    assertThat(flights.inFlight()).isZero();
    assertThat(flights.join("key", later, takeoff).joined()).isFalse();
    assertThat(later.told).isEmpty();
    assertThat(started).hasSize(2);
  }

  @Test
  void aWaiterThatIsToldFindsTheFlightGone() {
    var later = new Passenger();
    flights.join(
        "key",
        onLanding(
            () -> {
              assertThat(flights.inFlight()).isZero();
              flights.join("key", later, takeoff);
            }),
        takeoff);
    started.getFirst().land("old");

    assertThat(started).hasSize(2);
    assertThat(later.told).isEmpty();
    started.get(1).land("new");
    assertThat(later.told).containsExactly("new");
  }

  @Test
  void oneThatLeavesIsNotToldAndCancelsNothingForTheOthers() {
    var gone = new Passenger();
    var patient = new Passenger();
    var ticket = flights.join("key", gone, takeoff);
    flights.join("key", patient, takeoff);

    ticket.leave();
    ticket.leave();
    assertThat(cancelled).hasValue(0);
    started.getFirst().land("value");
    assertThat(gone.told).isEmpty();
    assertThat(patient.told).containsExactly("value");
    assertThat(cancelled).hasValue(0);
  }

  @Test
  void theLastToLeaveCancelsTheCall() {
    var passenger = new Passenger();
    var a = flights.join("key", passenger, takeoff);
    var b = flights.join("key", passenger, takeoff);

    a.leave();
    b.leave();
    b.leave();
    assertThat(cancelled).hasValue(1);
    assertThat(flights.inFlight()).isZero();
    started.getFirst().land("too late");
    started.getFirst().fail(new IllegalStateException("cancelled"));
    assertThat(passenger.told).isEmpty();
  }

  @Test
  void whoeverComesWhileACallIsBeingCancelledGetsANewFlight() {
    var late = new Passenger();
    List<Boolean> joined = new ArrayList<>();
    var ticket =
        flights.join(
            "key",
            new Passenger(),
            flight -> () -> joined.add(flights.join("key", late, takeoff).joined()));
    ticket.leave();

    assertThat(joined).containsExactly(false);
    started.getFirst().land("value");
    assertThat(late.told).containsExactly("value");
  }

  @Test
  void leavingAfterBeingToldDoesNothing() {
    var ticket = flights.join("key", new Passenger(), takeoff);
    started.getFirst().land("value");
    flights.join("key", new Passenger(), takeoff);
    ticket.leave();

    assertThat(cancelled).hasValue(0);
    assertThat(flights.inFlight()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstEndCounts() {
    var passenger = new Passenger();
    flights.join("key", passenger, takeoff);
    started.getFirst().land("first");
    started.getFirst().land("second");
    started.getFirst().fail(new IllegalStateException("third"));

    assertThat(passenger.told).containsExactly("first");
  }

  @Test
  void aSecondEndDoesNotTouchTheNextFlight() {
    var next = new Passenger();
    flights.join("key", new Passenger(), takeoff);
    started.getFirst().land("value");
    flights.join("key", next, takeoff);
    started.getFirst().land("again");

    assertThat(next.told).isEmpty();
    assertThat(flights.inFlight()).isEqualTo(1);
  }

  @Test
  void aCallThatEndsWhileItIsStartedTellsTheWaiterBeforeJoinReturns() {
    var passenger = new Passenger();
    var ticket =
        flights.join(
            "key",
            passenger,
            flight -> {
              flight.land("value");
              return cancelled::incrementAndGet;
            });

    assertThat(passenger.told).containsExactly("value");
    assertThat(flights.inFlight()).isZero();
    ticket.leave();
    assertThat(cancelled).hasValue(0);
  }

  @Test
  void aTakeoffThatThrowsFailsTheFlight() {
    var passenger = new Passenger();
    var thrown = new StackOverflowError();
    flights.join(
        "key",
        passenger,
        flight -> {
          throw thrown;
        });

    assertThat(passenger.told).containsExactly(thrown);
    assertThat(flights.inFlight()).isZero();
  }

  @Test
  void aTakeoffWithoutACancellationFailsTheFlight() {
    var passenger = new Passenger();
    flights.join("key", passenger, flight -> nothing());

    assertThat(passenger.told).singleElement().isInstanceOf(NullPointerException.class);
  }

  @SuppressWarnings("NullAway") // what a caller without null checks can do
  private static Runnable nothing() {
    @Nullable Runnable none = null;
    return none;
  }

  @Test
  void aWaiterThatThrowsKeepsNoneFromBeingTold() {
    var first = new Passenger();
    var last = new Passenger();
    var thrown = new IllegalStateException("a bad waiter");
    List<Throwable> reported = new ArrayList<>();
    flights.join("key", first, takeoff);
    flights.join(
        "key",
        onLanding(
            () -> {
              throw thrown;
            }),
        takeoff);
    flights.join("key", last, takeoff);

    Thread thread = Thread.currentThread();
    var handler = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((where, what) -> reported.add(what));
    try {
      started.getFirst().land("value");
    } finally {
      thread.setUncaughtExceptionHandler(handler);
    }
    assertThat(first.told).containsExactly("value");
    assertThat(last.told).containsExactly("value");
    assertThat(reported).containsExactly(thrown);
  }

  @Test
  void whatACancellationThrowsGoesToTheOneThatLeft() {
    var ticket =
        flights.join(
            "key",
            new Passenger(),
            flight ->
                () -> {
                  throw new IllegalStateException("no cancelling");
                });

    assertThatThrownBy(ticket::leave).hasMessage("no cancelling");
    assertThat(flights.inFlight()).isZero();
  }
}
