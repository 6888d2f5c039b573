package dev.tenfold.toolkit.pool;

import dev.tenfold.toolkit.pool.Registry.Census;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps objects that are dear to make, so that they are used again. For what is cheap to make,
 * plain allocation is cheaper than any pool.
 *
 * {@snippet file="dev/tenfold/toolkit/pool/PoolExampleTest.java" region="object"}
 *
 * <p><b>Bounds.</b> Of idle objects at most {@code maxIdle} are kept; what is returned beyond that
 * is discarded. The number of objects in use has no bound, and a taking never waits: it makes an
 * object if it finds none idle. With {@code maxTotal}, idle objects and those in use together are
 * never more than that; then a taking is refused while all are in use, or waits as long as it says.
 *
 * <p><b>Ownership.</b> An object belongs to whoever took it until it is returned, by any thread.
 * The pool holds it only weakly meanwhile: one that is dropped is collected like any other, which
 * costs nothing but a new one, and is counted as a leak.
 *
 * <p><b>Returns that are refused</b>, by an {@link IllegalStateException} that changes nothing: of
 * an object that is in the pool already, that the pool has discarded, that is leased, or that it
 * never made. Objects are told apart by identity. What {@link #put} cannot see is a second return
 * of an object that somebody else has taken meanwhile: it ends the other's taking. A {@link Lease}
 * sees that too.
 *
 * <p><b>Order of memory.</b> What a thread did before it returned an object is seen by the one who
 * takes it.
 *
 * <p><b>Shrinking.</b> The pool has no thread. Time goes in intervals of {@code idleTime}; at the
 * end of each, as many objects are discarded as were idle all through it. So one that nobody needs
 * goes after one to two idle times. The end is noticed by one in 64 takings, and by {@link #trim}:
 * a pool that nobody calls any more shrinks only if {@code trim} is called, say by a scheduler.
 *
 * <p><b>Leaks</b> are found after the collector has run: when an object is made, and by {@link
 * #stats}, {@link #trim} and who waits. With {@code trackLeaks} the place of the taking is logged,
 * once for each place (logger {@code dev.tenfold.toolkit.pool}, level {@code WARNING}), and told to
 * the listener.
 *
 * <p><b>Threads.</b> Safe for any number of threads, platform or virtual; nothing is kept for a
 * thread. Taking and returning are lock-free; making, discarding and {@code maxTotal} are not. What
 * the pool calls (factory, reset, and so on) it calls without a lock, on the thread that takes or
 * returns, and it may use the pool; for {@code onDiscard} with {@code maxTotal}, see there.
 *
 * <p><b>Cost.</b> Taking and returning allocate nothing while idle objects are found. Each object
 * costs the pool some 100 bytes, and the collector a weak reference.
 */
public final class ObjectPool<T> implements AutoCloseable {

  private static final long LEAKS_WAITED_NANOS = 100_000_000;

  private final String name;
  private final Supplier<? extends T> factory;
  private final @Nullable Predicate<? super T> keepIf;
  private final @Nullable Consumer<? super T> reset;
  private final @Nullable Bound bound;
  private final Stock<T> stock;

  private final LongAdder refused = new LongAdder();
  private final LongAdder badReturns = new LongAdder();
  private volatile boolean closed;

  ObjectPool(ObjectPoolBuilder<T> options) {
    name = options.name;
    factory = options.factory;
    keepIf = options.keepIf;
    reset = options.reset;
    bound = options.maxTotal == 0 ? null : new Bound(options.maxTotal);
    stock = new Stock<>(options, bound);
  }

  /**
   * The options of a pool, with their defaults.
   *
   * @param factory makes an object, on the thread that needs one, each time another; if it throws,
   *     so does the taking
   */
  public static <T> ObjectPoolBuilder<T> builder(Supplier<? extends T> factory) {
    return new ObjectPoolBuilder<>(factory);
  }

  /**
   * Takes an object, an idle one or a new one. Whoever takes it returns it by {@link #put} or
   * {@link #discard}.
   *
   * @throws PoolExhaustedException if there are {@code maxTotal} objects and all are in use
   * @throws IllegalStateException if the pool is closed
   */
  public T get() {
    return get(factory);
  }

  /** With another factory than that of the pool, should one be needed. */
  T get(Supplier<? extends T> maker) {
    admit();
    return obtain(maker).handOut(Slot.TAKEN);
  }

  /**
   * As {@link #get()}, but waits for one of {@code maxTotal} objects to be returned. Those who wait
   * are served in no promised order.
   *
   * @param timeout how long to wait; zero or less is not at all
   * @throws PoolExhaustedException if the time is over
   * @throws IllegalStateException if the pool is closed, also as soon as it is closed meanwhile
   * @throws InterruptedException if this thread is interrupted and had to wait
   */
  public T get(Duration timeout) throws InterruptedException {
    admit(timeout);
    return obtain(factory).handOut(Slot.TAKEN);
  }

  /**
   * As {@link #get()}, for a try-with-resources statement, which returns the object at its end.
   *
   * @throws PoolExhaustedException as {@link #get()}
   * @throws IllegalStateException as {@link #get()}
   */
  public Lease<T> lease() {
    return lease(factory);
  }

  /** With another factory than that of the pool, should one be needed. */
  Lease<T> lease(Supplier<? extends T> maker) {
    admit();
    return leaseOf(obtain(maker));
  }

  /**
   * As {@link #get(Duration)}, for a try-with-resources statement, which returns the object at its
   * end.
   *
   * @throws PoolExhaustedException as {@link #get(Duration)}
   * @throws IllegalStateException as {@link #get(Duration)}
   * @throws InterruptedException as {@link #get(Duration)}
   */
  public Lease<T> lease(Duration timeout) throws InterruptedException {
    admit(timeout);
    return leaseOf(obtain(factory));
  }

  /**
   * Returns an object that {@link #get} gave. It is kept if {@code keepIf} says so and there is
   * room, and reset before; else it is discarded. It must not be used after that. Returns are
   * accepted after a close too. What {@code keepIf} and {@code reset} throw comes out of this; the
   * object is discarded then.
   *
   * @throws IllegalStateException if it is none that {@code get} gave and that was not returned
   *     since
   */
  public void put(T object) {
    takeBack(ended(object), object);
  }

  /**
   * Returns an object that {@link #get} gave, and that is not to be used again: one that is broken,
   * or still in somebody else's hands.
   *
   * @throws IllegalStateException as {@link #put}
   */
  public void discard(T object) {
    letGo(ended(object), object);
  }

  /**
   * Looks for leaks; and if the interval of {@code idleTime} is over, discards what was idle all
   * through it, and begins another.
   *
   * @return how many were discarded
   */
  public int trim() {
    stock.collectLeaks();
    return stock.trim();
  }

  /** What happened so far, and what there is. Looks for leaks, and at each object once. */
  public PoolStats stats() {
    stock.collectLeaks();
    Census census = stock.census();
    long live = census.created() - census.discarded() - census.leaked();
    return new PoolStats(
        census.taken(),
        census.taken() - census.leaked() - census.inUse(),
        census.created(),
        census.discarded(),
        census.leaked(),
        refused.sum(),
        badReturns.sum(),
        (int) live - census.inUse(),
        census.inUse());
  }

  /**
   * Discards all idle objects, and those in use when they are returned. Whoever takes or waits is
   * refused from now on. Does nothing on a pool that is closed.
   */
  @Override
  public void close() {
    closed = true;
    stock.discardIdle();
    if (bound != null) {
      bound.leave(); // wakes one who waits, who does the same for the next
    }
  }

  private void admit() {
    checkOpen();
    if (bound != null && !bound.tryEnter()) {
      stock.collectLeaks();
      if (!bound.tryEnter()) {
        throw exhausted(bound);
      }
    }
  }

  private void admit(Duration timeout) throws InterruptedException {
    checkOpen();
    if (bound == null || bound.tryEnter()) {
      return;
    }
    long start = System.nanoTime();
    long timeoutNanos = ObjectPoolBuilder.nanos(timeout);
    long left = timeoutNanos;
    do {
      stock.collectLeaks();
      if (bound.tryEnter(Math.min(left, LEAKS_WAITED_NANOS))) {
        if (closed) {
          bound.leave();
        }
        checkOpen();
        return;
      }
      left = timeoutNanos - (System.nanoTime() - start);
    } while (left > 0);
    throw exhausted(bound);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("pool %s is closed".formatted(name));
    }
  }

  private PoolExhaustedException exhausted(Bound full) {
    refused.increment();
    return new PoolExhaustedException(name, full.limit());
  }

  /** A slot to be handed out at once, to one who has been admitted. */
  private Slot<T> obtain(Supplier<? extends T> maker) {
    try {
      Slot<T> slot = stock.take(maker);
      while (slot == null) {
        checkOpen();
        giveWay();
        slot = stock.take(maker);
      }
      return slot;
    } catch (Throwable thrown) { // of the factory, mostly
      leave();
      throw thrown;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it saves the processor a while
  private static void giveWay() {
    Thread.yield();
  }

  private Lease<T> leaseOf(Slot<T> slot) {
    T object = slot.handOut(Slot.LEASED);
    return new Lease<>(this, slot, object, slot.state());
  }

  /** The slot of an object whose taking by {@code get} has been ended by this. */
  private Slot<T> ended(T object) {
    Slot<T> slot = stock.find(object);
    if (slot == null) {
      throw badReturn("this object is none of the pool's, or no longer");
    }
    if (!slot.endTaking()) {
      throw badReturn(
          Slot.kind(slot.state()) == Slot.LEASED
              ? "this object is leased, and returned by its lease"
              : "this object was returned already");
    }
    return slot;
  }

  /** Refuses a return. */
  IllegalStateException badReturn(String why) {
    badReturns.increment();
    return new IllegalStateException("pool %s: %s".formatted(name, why));
  }

  /** Keeps or discards the object of a taking that has been ended. */
  void takeBack(Slot<T> slot, T object) {
    boolean kept = false;
    try {
      if (!closed && (keepIf == null || keepIf.test(object))) {
        if (reset != null) {
          reset.accept(object);
        }
        kept = stock.keep(slot, object);
      }
    } finally {
      if (!kept) {
        stock.drop(slot, object);
      }
      leave();
    }
    if (closed) {
      stock.discardIdle();
    }
  }

  /** Discards the object of a taking that has been ended. */
  void letGo(Slot<T> slot, T object) {
    stock.drop(slot, object);
    leave();
  }

  private void leave() {
    if (bound != null) {
      bound.leave();
    }
  }
}
