package dev.tenfold.toolkit.batching;

import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BatchWriter} is built with. {@code retryable} and {@code onRejected} must be given,
 * the rest has defaults. Not thread-safe.
 *
 * @param <T> what is written
 */
public final class BatchWriterBuilder<T> {

  private final BatchSink<T> sink;
  private @Nullable Predicate<Throwable> retryable;
  private @Nullable RejectionListener<T> listener;
  private ToLongFunction<? super T> weigher = item -> 0;
  private int batchItems = 500;
  private long batchBytes = 1 << 20;
  private Duration maxAge = Duration.ofMillis(100);
  private int pendingItems = 10_000;
  private long pendingBytes = 16 << 20;
  private int concurrency = 1;
  private Backoff backoff = Backoff.DEFAULT;
  private Duration closeTimeout = Duration.ofSeconds(30);
  private Executor executor = task -> Thread.ofVirtual().name("batch-writer").start(task);
  private @Nullable BatchTimer timer;
  private RandomGenerator random = new SplittableRandom();

  BatchWriterBuilder(BatchSink<T> sink) {
    this.sink = Objects.requireNonNull(sink, "sink");
  }

  /**
   * Which failures of the sink pass by themselves (a connection that broke, a lock that was held),
   * so that the same items are worth another try. All others count as the fault of an item. Must be
   * given, since only the caller knows the sink. What it throws is logged, and counts as no.
   */
  public BatchWriterBuilder<T> retryable(Predicate<Throwable> failure) {
    retryable = Objects.requireNonNull(failure, "retryable");
    return this;
  }

  /** Is told of each item that is given up. Must be given. */
  public BatchWriterBuilder<T> onRejected(RejectionListener<T> value) {
    listener = Objects.requireNonNull(value, "listener");
    return this;
  }

  /**
   * What an item weighs in bytes: as it is written, or as it is held in memory, whichever of the
   * two the bounds are for. Called once for each item, on the thread that adds it. If not given,
   * items weigh nothing, and only their number is bounded.
   */
  public BatchWriterBuilder<T> weigher(ToLongFunction<? super T> bytes) {
    weigher = Objects.requireNonNull(bytes, "weigher");
    return this;
  }

  /** The most items in a batch, at least 1; 500 if not given. */
  public BatchWriterBuilder<T> batchItems(int items) {
    batchItems = (int) atLeast("batchItems", 1, items);
    return this;
  }

  /** The most bytes in a batch, and so in an item, at least 1; 1 MiB if not given. */
  public BatchWriterBuilder<T> batchBytes(long bytes) {
    batchBytes = atLeast("batchBytes", 1, bytes);
    return this;
  }

  /** How long an item waits for others at the most, from zero on; 100 ms if not given. */
  public BatchWriterBuilder<T> maxAge(Duration age) {
    maxAge = notNegative("maxAge", age);
    return this;
  }

  /** The most items that are held, those being written included; 10,000 if not given. */
  public BatchWriterBuilder<T> pendingItems(int items) {
    pendingItems = (int) atLeast("pendingItems", 1, items);
    return this;
  }

  /** The most bytes that are held, those being written included; 16 MiB if not given. */
  public BatchWriterBuilder<T> pendingBytes(long bytes) {
    pendingBytes = atLeast("pendingBytes", 1, bytes);
    return this;
  }

  /** How many batches are under way at a time; 1, which keeps the order, if not given. */
  public BatchWriterBuilder<T> concurrency(int batches) {
    concurrency = (int) atLeast("concurrency", 1, batches);
    return this;
  }

  /** How often failed writes are tried, and when; {@link Backoff#DEFAULT} if not given. */
  public BatchWriterBuilder<T> backoff(Backoff value) {
    backoff = Objects.requireNonNull(value, "backoff");
    return this;
  }

  /** How long {@link BatchWriter#close()} waits; 30 s if not given. */
  public BatchWriterBuilder<T> closeTimeout(Duration timeout) {
    closeTimeout = notNegative("closeTimeout", timeout);
    return this;
  }

  /** What writes the batches; a new virtual thread for each if not given. */
  public BatchWriterBuilder<T> executor(Executor value) {
    executor = Objects.requireNonNull(value, "executor");
    return this;
  }

  /** The time; that of the system if not given, with a daemon thread for each writer. */
  public BatchWriterBuilder<T> timer(BatchTimer value) {
    timer = Objects.requireNonNull(value, "timer");
    return this;
  }

  /** Where the jitter comes from. Used under the lock. */
  BatchWriterBuilder<T> random(RandomGenerator value) {
    random = value;
    return this;
  }

  /**
   * Builds a writer.
   *
   * @throws IllegalStateException if {@code retryable} or {@code onRejected} was not given, or a
   *     batch may be larger than all that may be held
   */
  public BatchWriter<T> build() {
    if (retryable == null || listener == null) {
      throw new IllegalStateException("retryable and onRejected must be given");
    }
    checkFits("batchItems", batchItems, "pendingItems", pendingItems);
    checkFits("batchBytes", batchBytes, "pendingBytes", pendingBytes);
    SystemTimer ownTimer = timer == null ? new SystemTimer() : null;
    BatchTimer time = ownTimer == null ? Objects.requireNonNull(timer) : ownTimer;
    return new BatchWriter<>(
        new Settings<>(sink, retryable, listener, backoff, concurrency, executor, time, random),
        new BatchLimits(batchItems, batchBytes, Nanos.of(maxAge), pendingItems, pendingBytes),
        weigher,
        closeTimeout,
        ownTimer);
  }

  private static long atLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, not %d".formatted(name, least, value));
    }
    return value;
  }

  private static Duration notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
    return value;
  }

  private static void checkFits(String part, long partValue, String whole, long wholeValue) {
    if (partValue > wholeValue) {
      throw new IllegalStateException(
          "%s %d is more than %s %d".formatted(part, partValue, whole, wholeValue));
    }
  }
}
