package dev.tenfold.toolkit.pool;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an {@link ObjectPool} is built with. Each pool that it builds is its own. */
public final class ObjectPoolBuilder<T> {

  static final int MOST_IDLE = 1 << 24;
  static final Duration DEFAULT_IDLE_TIME = Duration.ofMinutes(1);

  private static final int DEFAULT_IDLE = 64;
  private static final int MOST_STACKS = 64;
  private static final int LEAST_OF_A_STACK = 4;

  final Supplier<? extends T> factory;
  String name = "objects";
  @Nullable Predicate<? super T> keepIf;
  @Nullable Consumer<? super T> reset;
  @Nullable Consumer<? super T> onDiscard;
  int maxTotal;
  long idleNanos = nanos(DEFAULT_IDLE_TIME);
  LongSupplier ticker = System::nanoTime;
  int trackedOneIn;
  @Nullable Consumer<? super Throwable> leakListener;
  private int maxIdle = -1;

  ObjectPoolBuilder(Supplier<? extends T> factory) {
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  /** What the pool is called in the log and in exceptions; "objects" if not. */
  public ObjectPoolBuilder<T> name(String value) {
    name = Objects.requireNonNull(value, "name");
    return this;
  }

  /**
   * How many idle objects are kept, 0 to 16,777,216. If not given, {@code maxTotal}, or 64 if that
   * is not given either.
   */
  public ObjectPoolBuilder<T> maxIdle(int objects) {
    if (objects < 0 || objects > MOST_IDLE) {
      throw new IllegalArgumentException("maxIdle must be 0 to 2^24, not " + objects);
    }
    maxIdle = objects;
    return this;
  }

  /**
   * How many objects there may be, idle ones and those in use together, at least 1. If not given,
   * there is no bound on those in use. A leaked object counts until it has been found.
   */
  public ObjectPoolBuilder<T> maxTotal(int objects) {
    if (objects < 1 || objects > MOST_IDLE) {
      throw new IllegalArgumentException("maxTotal must be 1 to 2^24, not " + objects);
    }
    maxTotal = objects;
    return this;
  }

  /**
   * Makes an object as good as new, on its return; called by the thread that returns it. If not
   * given, objects are kept as they are.
   */
  public ObjectPoolBuilder<T> reset(Consumer<? super T> action) {
    reset = Objects.requireNonNull(action, "reset");
    return this;
  }

  /**
   * Whether an object is worth keeping, asked on its return and before its reset: say, whether it
   * still works, or has not grown too large. If not given, each is.
   */
  public ObjectPoolBuilder<T> keepIf(Predicate<? super T> condition) {
    keepIf = Objects.requireNonNull(condition, "keepIf");
    return this;
  }

  /**
   * Is told of each object that the pool lets go, to free what it holds; leaked ones, which are
   * gone, excepted. Called by the thread that takes, returns, trims or closes. It must not take an
   * object from a pool with {@code maxTotal}, where this one counts until it returns. What is
   * thrown here is logged.
   */
  public ObjectPoolBuilder<T> onDiscard(Consumer<? super T> action) {
    onDiscard = Objects.requireNonNull(action, "onDiscard");
    return this;
  }

  /** How long objects are kept that nobody needs, positive; one minute if not given. */
  public ObjectPoolBuilder<T> idleTime(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("idleTime must be positive, not " + time);
    }
    idleNanos = nanos(time);
    return this;
  }

  /** The clock of {@code idleTime}, in nanoseconds; {@code System::nanoTime} if not given. */
  public ObjectPoolBuilder<T> ticker(LongSupplier nanos) {
    ticker = Objects.requireNonNull(nanos, "ticker");
    return this;
  }

  /**
   * Keeps the stack of one taking in so many, chosen at random, so that a leak can tell where it
   * began; with 1, of each. A stack costs microseconds, and the more the deeper it is. If not
   * given, or 0, leaks are only counted.
   */
  public ObjectPoolBuilder<T> trackLeaks(int oneIn) {
    if (oneIn < 0) {
      throw new IllegalArgumentException("trackLeaks must not be negative, was " + oneIn);
    }
    trackedOneIn = oneIn;
    return this;
  }

  /**
   * Is told of each leak whose taking was tracked, after it was logged, with the stack of the
   * taking. Called by the thread that finds it, which may be one that takes an object. What is
   * thrown here is logged.
   */
  public ObjectPoolBuilder<T> onLeak(Consumer<? super Throwable> listener) {
    leakListener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** Builds a pool. It makes its first object when one is taken. */
  public ObjectPool<T> build() {
    return new ObjectPool<>(this);
  }

  int idleCapacity() {
    return maxIdle >= 0 ? maxIdle : maxTotal > 0 ? maxTotal : DEFAULT_IDLE;
  }

  /** A stack for each processor, but not too many for what they hold. */
  int stacks() {
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_STACKS);
    int wanted = Integer.highestOneBit(2 * processors - 1);
    int filled = Integer.highestOneBit(Math.max(1, idleCapacity() / LEAST_OF_A_STACK));
    return Math.min(wanted, filled);
  }

  /** In nanoseconds, from 0 to 146 years: differences of readings do not overflow. */
  static long nanos(Duration time) {
    return Math.clamp(TimeUnit.NANOSECONDS.convert(time), 0, Long.MAX_VALUE / 2);
  }
}
