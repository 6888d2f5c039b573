package dev.tenfold.toolkit.cache;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call for any number of equal calls that are under way. The first to ask for a key starts the
 * call, those who ask before it ends wait for it, and all are told how it ended.
 *
 * <p><b>Endings.</b> Each waiter is told exactly once, or not at all if it left first. A flight
 * that ended is gone before the first waiter is told, so whoever joins then starts a new one;
 * nothing is kept of an answer or of a failure. To keep answers, put them in a cache before {@link
 * Flight#land}, and look there again in {@link Takeoff#start}: the call that was just missed may
 * have landed in between.
 *
 * <p><b>Leaving.</b> A waiter leaves by itself, for instance when its own deadline is over; the
 * others go on waiting. When the last one leaves, the call is cancelled. One that joins at that
 * moment gets a new flight, never the cancelled one.
 *
 * <p><b>Threads.</b> Safe for any number of threads, and never blocks but for the bin lock of a
 * {@link ConcurrentHashMap} when a flight comes or goes. No lock is held while a waiter, a takeoff
 * or a cancellation runs.
 *
 * <p><b>Cost.</b> Starting a flight allocates it and a map entry; joining allocates a ticket. The
 * ticket of a waiter that left stays until the flight ends, without the waiter.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode}
 * @param <V> what a call ends with
 */
public final class SingleFlight<K, V> {

  /*
   * A flight has two words of state.
   *
   * `present` counts those who have joined and not left. It starts at 1 and never rises from 0: the
   * leave that brings it there abandons the flight.
   *
   * `tickets` is a Treiber stack (Treiber, "Systems Programming: Coping with Parallelism", 1986)
   * that is born with the first ticket in it. Swapping in null ends the flight. Whoever gets the
   * stack back, and no one else, may tell the waiters (land, fail) or cancel (the last to leave).
   * Who joins counts itself first and pushes then, and has not joined if it finds null.
   *
   * A ticket holds its waiter until someone takes it: the flight to tell it, or leave() to forget
   * it. So a waiter is told or has left, never both.
   */
  private final ConcurrentHashMap<K, SharedFlight> flights = new ConcurrentHashMap<>();

  /** Makes one that has no call in flight. */
  public SingleFlight() {}

  /**
   * One who waits for a call. Told once at most, on the thread that ends the flight, in no certain
   * order among those who wait; must not block.
   */
  public interface Waiter<V> {
    /** The call ended well. */
    void landed(V value);

    /** The call failed, or could not be started. */
    void failed(Throwable cause);
  }

  /** How a call is started. */
  @FunctionalInterface
  public interface Takeoff<V> {
    /**
     * Starts the call. It must end by {@link Flight#land} or {@link Flight#fail}, on any thread,
     * also within this method. What is thrown here fails the flight.
     *
     * @return what cancels the call; run at most once, when the last waiter has left
     */
    Runnable start(Flight<V> flight);
  }

  /** The call's end of a flight. The first of all calls to it counts, the others are ignored. */
  public interface Flight<V> {
    /**
     * Ends the flight well and tells the waiters. What a waiter throws goes to this thread's
     * uncaught exception handler; the others are told all the same.
     */
    void land(V value);

    /** Ends the flight badly and tells the waiters, as {@link #land} does. */
    void fail(Throwable cause);
  }

  /**
   * The flight for a key: joins the one under way, or starts one on this thread. The waiter may be
   * told before this returns.
   */
  public Ticket join(K key, Waiter<V> waiter, Takeoff<V> takeoff) {
    Objects.requireNonNull(waiter, "waiter");
    while (true) {
      SharedFlight flight = flights.get(key);
      if (flight == null) {
        SharedFlight fresh = new SharedFlight(key);
        Ticket first = fresh.start(waiter);
        flight = flights.putIfAbsent(key, fresh);
        if (flight == null) {
          fresh.takeOff(takeoff);
          return first;
        }
      }
      Ticket ticket = flight.admit(waiter);
      if (ticket != null) {
        return ticket;
      }
      flights.remove(key, flight); // it has ended, and is about to be gone
    }
  }

  /** The number of flights under way. */
  public int inFlight() {
    return flights.size();
  }

  /** A waiter's place in a flight. Safe for any number of threads. */
  public final class Ticket {
    private final SharedFlight flight;
    private final @Nullable Ticket next;
    private final AtomicReference<@Nullable Waiter<V>> waiter;

    private Ticket(SharedFlight flight, Waiter<V> waiter, @Nullable Ticket next) {
      this.flight = flight;
      this.waiter = new AtomicReference<>(waiter);
      this.next = next;
    }

    /** Whether this one waits for a call that another started. */
    public boolean joined() {
      return next != null;
    }

    /**
     * The waiter gives up: it is not told any more, unless that has begun. The last one to leave
     * cancels the call on this thread, and gets what the cancellation throws. Does nothing after
     * the waiter was told, or the second time.
     */
    public void leave() {
      if (waiter.getAndSet(null) != null) {
        flight.left();
      }
    }

    private void tell(Consumer<Waiter<V>> ending) {
      Waiter<V> told = waiter.getAndSet(null);
      if (told == null) {
        return;
      }
      try {
        ending.accept(told);
      } catch (Throwable thrown) { // whatever it is, the others are to be told
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      }
    }
  }

  private final class SharedFlight implements Flight<V> {
    private final K key;
    private final AtomicInteger present = new AtomicInteger(1);
    private final AtomicReference<@Nullable Ticket> tickets = new AtomicReference<>();
    private volatile Runnable cancellation = () -> {};

    private SharedFlight(K key) {
      this.key = key;
    }

    private Ticket start(Waiter<V> waiter) {
      Ticket first = new Ticket(this, waiter, null);
      tickets.setPlain(first);
      return first;
    }

    // The first ticket is not handed out before this is done, so no cancellation can come earlier.
    private void takeOff(Takeoff<V> takeoff) {
      try {
        cancellation = Objects.requireNonNull(takeoff.start(this), "takeoff returned null");
      } catch (Throwable thrown) { // whatever it is, those who joined are waiting
        fail(thrown);
      }
    }

    private @Nullable Ticket admit(Waiter<V> waiter) {
      int before = present.getAndUpdate(count -> count == 0 ? 0 : count + 1);
      return before == 0 ? null : push(waiter);
    }

    private @Nullable Ticket push(Waiter<V> waiter) {
      while (true) {
        Ticket top = tickets.get();
        if (top == null) {
          return null;
        }
        Ticket ticket = new Ticket(this, waiter, top);
        if (tickets.compareAndSet(top, ticket)) {
          return ticket;
        }
      }
    }

    private void left() {
      if (present.decrementAndGet() == 0 && end() != null) {
        cancellation.run();
      }
    }

    @Override
    public void land(V value) {
      tell(waiter -> waiter.landed(value));
    }

    @Override
    public void fail(Throwable cause) {
      tell(waiter -> waiter.failed(cause));
    }

    private void tell(Consumer<Waiter<V>> ending) {
      for (Ticket ticket = end(); ticket != null; ticket = ticket.next) {
        ticket.tell(ending);
      }
    }

    /** Takes all tickets and makes room for the next flight; null if that was done before. */
    private @Nullable Ticket end() {
      Ticket all = tickets.getAndSet(null);
      if (all != null) {
        flights.remove(key, this);
      }
      return all;
    }
  }
}
