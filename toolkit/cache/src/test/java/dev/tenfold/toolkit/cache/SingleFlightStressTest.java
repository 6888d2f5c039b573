package dev.tenfold.toolkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.cache.SingleFlight.Flight;
import dev.tenfold.toolkit.cache.SingleFlight.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SingleFlightStressTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 50_000;
  private static final int KEYS = 3;

  private final SingleFlight<Integer, Long> flights = new SingleFlight<>();
  private final Queue<Flight<Long>> underWay = new ConcurrentLinkedQueue<>();
  private final AtomicInteger startedCalls = new AtomicInteger();
  private final AtomicInteger startedTickets = new AtomicInteger();

  /** Counts what one passenger is told, and with it what would be a fault. */
  private static final class Passenger implements Waiter<Long> {
    final AtomicInteger told = new AtomicInteger();
    boolean left;

    @Override
    public void landed(Long value) {
      told.incrementAndGet();
    }

    @Override
    public void failed(Throwable cause) {
      told.incrementAndGet();
    }
  }

  private static <T> void onAllThreads(Callable<T> action) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(threads.submit(action));
      }
      for (Future<T> each : running) {
        each.get();
      }
    }
  }

  private Runnable start(Flight<Long> flight) {
    startedCalls.incrementAndGet();
    underWay.add(flight);
    return () -> flight.land(-1L); // a cancelled call that ends all the same is ignored
  }

  private void landOne(SplittableRandom random) {
    Flight<Long> flight = underWay.poll();
    if (flight != null && random.nextInt(4) == 0) {
      flight.fail(new IllegalStateException("failed on purpose"));
    } else if (flight != null) {
      flight.land(1L);
    }
  }

  private List<Passenger> travel() {
    var random = new SplittableRandom();
    List<Passenger> passengers = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      var passenger = new Passenger();
      passengers.add(passenger);
      var ticket = flights.join(random.nextInt(KEYS), passenger, this::start);
      if (!ticket.joined()) {
        startedTickets.incrementAndGet();
      }
      if (random.nextInt(3) == 0) {
        passenger.left = true;
        ticket.leave();
      }
      if (random.nextBoolean()) {
        landOne(random);
      }
    }
    return passengers;
  }

  @Test
  void everyoneWhoStaysIsToldOnceAndNothingIsLeftBehind() throws Exception {
    Queue<Passenger> all = new ConcurrentLinkedQueue<>();
    onAllThreads(() -> all.addAll(travel()));
    var random = new SplittableRandom();
    while (!underWay.isEmpty()) {
      landOne(random);
    }

    assertThat(all).hasSize(THREADS * ROUNDS);
    assertThat(all).allMatch(passenger -> passenger.told.get() <= 1);
    assertThat(all).allMatch(passenger -> passenger.left || passenger.told.get() == 1);
    assertThat(flights.inFlight()).isZero();
    assertThat(startedCalls).hasValue(startedTickets.get());
    assertThat(startedCalls.get()).isBetween(KEYS, THREADS * ROUNDS - 1);
  }

  @Test
  void threadsThatAskAtOnceStartOneCall() throws Exception {
    int rounds = 5_000;
    var passengers = new ConcurrentLinkedQueue<Passenger>();
    var barrier = new CyclicBarrier(THREADS, () -> landAndCheck(passengers));
    onAllThreads(
        () -> {
          for (int i = 0; i < rounds; i++) {
            var passenger = new Passenger();
            passengers.add(passenger);
            flights.join(1, passenger, this::start);
            barrier.await();
          }
          return true;
        });

    assertThat(startedCalls).hasValue(rounds);
  }

  private void landAndCheck(Queue<Passenger> passengers) {
    assertThat(underWay).hasSize(1);
    underWay.remove().land(1L);
    assertThat(passengers).hasSize(THREADS).allMatch(passenger -> passenger.told.get() == 1);
    passengers.clear();
  }

  @Test
  void whoComesWhileTheLastOneLeavesIsNeverOnACancelledFlight() throws Exception {
    var barrier = new CyclicBarrier(2);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      for (int key = 0; key < 20_000; key++) {
        var firstCancelled = new AtomicBoolean();
        var first = flights.join(key, new Passenger(), flight -> () -> firstCancelled.set(true));
        Future<?> leaving =
            other.submit(
                () -> {
                  barrier.await();
                  first.leave();
                  return true;
                });
        barrier.await();
        var late = flights.join(key, new Passenger(), flight -> () -> {});
        leaving.get();

        assertThat(firstCancelled.get()).isEqualTo(!late.joined());
        assertThat(flights.inFlight()).isEqualTo(1);
        late.leave();
      }
    }
    assertThat(flights.inFlight()).isZero();
  }
}
