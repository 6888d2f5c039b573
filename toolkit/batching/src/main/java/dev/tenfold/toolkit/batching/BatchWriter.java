package dev.tenfold.toolkit.batching;

import dev.tenfold.toolkit.batching.ItemRefusedException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Groups items into batches, and writes them behind the caller's back. A batch is written when it
 * has its full number of items or bytes, when its oldest item has its age, when there is no room
 * for more items, or when a flush or a close asks for it.
 *
 * {@snippet file="dev/tenfold/toolkit/batching/BatchingExampleTest.java" region="example"}
 *
 * <p><b>Endings.</b> Each item that was taken ends exactly once: it is written, or the {@link
 * RejectionListener} is told of it, or a close hands it back. What the sink does with an item at
 * most once is up to the sink: see {@link BatchSink#write}.
 *
 * <p><b>Failures.</b> When a write throws what is {@code retryable}, the same items are written
 * again after a {@link Backoff}, and are rejected when its tries are used up. When it throws
 * anything else, the batch is taken apart: one poison item among n costs at most 2 log2 n more
 * writes, and the others are written. Tries are counted anew for each part. That a write was
 * interrupted is always retryable.
 *
 * <p><b>Order.</b> With a {@code concurrency} of 1, the default, items are written in the order in
 * which they were added, and a batch that waits for its retry holds up the next.
 *
 * <p><b>Memory.</b> Items count against the bounds until they end. Callers wait for room in the
 * order in which they came, and while one waits, all others are refused or wait behind it.
 *
 * <p><b>Threads.</b> Safe for any number of threads. Batches are written on the executor. If it
 * refuses one, that is kept and offered again after a backoff, as often as it takes (logged once as
 * a warning, to {@code dev.tenfold.toolkit.batching}, when that is as often as a write is tried);
 * an executor that accepts a batch and never runs it keeps it until the deadline of a close. An
 * executor that runs it at once makes whoever adds, flushes, closes, or keeps the time, write. The
 * sink and the listener may add, but must not wait for a flush; a close in them throws {@link
 * IllegalStateException} and changes nothing.
 *
 * <p><b>Ownership.</b> Whoever builds a writer closes it. It owns no executor; with no {@code
 * timer} of the caller's, it has one daemon thread of its own for the time, until it is closed.
 *
 * <p><b>Cost.</b> Adding is one short lock and one small object; a second lock for the item that
 * makes a batch due.
 *
 * @param <T> what is written
 */
public final class BatchWriter<T> implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drained = lock.newCondition();
  private final ArrayDeque<Condition> adders = new ArrayDeque<>(); // those who wait, in order
  private final Flushes flushes = new Flushes();
  private final Backlog<T> backlog;
  private final Deliveries<T> deliveries;

  private final Settings<T> settings;
  private final BatchLimits limits;
  private final ToLongFunction<? super T> weigher;
  private final BatchTimer timer;
  private final Duration closeTimeout;
  private final @Nullable SystemTimer ownTimer;

  // Guarded by the lock.
  private long refused;
  private boolean closed;
  private boolean abandoned;

  BatchWriter(
      Settings<T> settings,
      BatchLimits limits,
      ToLongFunction<? super T> weigher,
      Duration closeTimeout,
      @Nullable SystemTimer ownTimer) {
    this.settings = settings;
    this.limits = limits;
    this.weigher = weigher;
    this.timer = settings.timer();
    this.closeTimeout = closeTimeout;
    this.ownTimer = ownTimer;
    backlog = new Backlog<>(limits);
    deliveries = new Deliveries<>(lock, settings, backlog, flushes, this::onRoom);
  }

  /** The options of a writer to this sink, with their defaults. */
  public static <T> BatchWriterBuilder<T> builder(BatchSink<T> sink) {
    return new BatchWriterBuilder<>(sink);
  }

  /**
   * Takes an item, and waits for room if there is none.
   *
   * @param timeout how long to wait; zero or less is not at all
   * @throws ItemRefusedException if there was no room in time, or the writer is closed or begins to
   *     be
   * @throws IllegalArgumentException if the item is heavier than a batch may be, or its weight is
   *     negative
   * @throws InterruptedException if this thread has to wait and is interrupted, before or then; the
   *     item was not taken
   */
  public void add(T item, Duration timeout) throws InterruptedException {
    long bytes = weigh(item);
    Reason refusal = tryAdd(item, bytes);
    if (refusal == Reason.FULL && timeout.isPositive()) {
      refusal = addWaiting(item, bytes, Nanos.of(timeout));
    }
    if (refusal != null) {
      throw refusal(refusal, bytes, timeout);
    }
  }

  /**
   * Takes an item if there is room for it now.
   *
   * @return whether it was taken; not if the writer is closed, or others wait for room
   * @throws IllegalArgumentException if the item is heavier than a batch may be, or its weight is
   *     negative
   */
  public boolean offer(T item) {
    Reason refusal = tryAdd(item, weigh(item));
    if (refusal != null) {
      countRefused();
    }
    return refusal == null;
  }

  /**
   * Has everything written that was added before, without waiting for its age.
   *
   * @return is done when each of these items was written or rejected; fails with {@link
   *     IllegalStateException} if a close hands some of them back. What depends on it runs on the
   *     thread that wrote the last of them.
   */
  public CompletableFuture<@Nullable Void> flush() {
    CompletableFuture<@Nullable Void> future;
    lock.lock();
    try {
      if (abandoned) {
        return CompletableFuture.failedFuture(handedBack());
      }
      if (deliveries.firstUnsettled() == backlog.added()) {
        return CompletableFuture.completedFuture(null);
      }
      backlog.makeDue();
      future = flushes.add(backlog.added());
    } finally {
      lock.unlock();
    }
    deliveries.pump();
    return future;
  }

  /**
   * As {@link #close(Duration)} with the writer's {@code closeTimeout}; the listener is told of the
   * items that are left over, with a {@link TimeoutException}.
   */
  @Override
  public void close() {
    Leftovers<T> left = close(closeTimeout);
    if (!left.isEmpty()) {
      var cause = new TimeoutException("not written within the " + closeTimeout + " of the close");
      left.all().forEach(item -> settings.tell(item, cause));
    }
  }

  /**
   * Takes no more items, writes those that it has, and waits until each was written or rejected,
   * retries included. At the deadline, the writes under way are interrupted, what is left is handed
   * back, and this returns without waiting further. An interrupt of this thread counts as the
   * deadline, and stays set. Nothing happens the second time; a close that runs while another waits
   * waits too.
   *
   * @param timeout how long to wait; zero or less is not at all
   * @return the items that were neither written nor rejected in time. If several threads close the
   *     writer, one of them gets the items.
   */
  public Leftovers<T> close(Duration timeout) {
    beginClose();
    deliveries.pump();
    Leftovers<T> left = new Leftovers<>(List.of(), List.of());
    List<CompletableFuture<@Nullable Void>> unfinished = List.of();
    lock.lock();
    try {
      if (!awaitDrained(Nanos.of(timeout))) {
        abandoned = true;
        left = deliveries.abandon();
        unfinished = flushes.takeAll();
        drained.signalAll();
      }
      deliveries.end();
    } finally {
      lock.unlock();
    }
    unfinished.forEach(future -> future.completeExceptionally(handedBack()));
    if (ownTimer != null) {
      ownTimer.close();
    }
    return left;
  }

  /** What happened so far, and what is held. Takes the lock for a moment. */
  public BatchStats stats() {
    lock.lock();
    try {
      return deliveries.stats(refused);
    } finally {
      lock.unlock();
    }
  }

  private long weigh(T item) {
    long bytes = weigher.applyAsLong(Objects.requireNonNull(item, "item"));
    if (bytes < 0) {
      throw new IllegalArgumentException("the weight of an item must not be negative: " + bytes);
    }
    if (bytes > limits.batchBytes()) {
      throw new IllegalArgumentException(
          "an item of %d bytes is over the %d bytes of a batch"
              .formatted(bytes, limits.batchBytes()));
    }
    return bytes;
  }

  private @Nullable Reason tryAdd(T item, long bytes) {
    Reason refusal = null;
    boolean pump;
    lock.lock();
    try {
      if (closed) {
        return Reason.CLOSED;
      }
      if (adders.isEmpty() && backlog.hasRoom(bytes)) {
        backlog.add(item, bytes, timer.nanoTime());
      } else {
        backlog.makeDue();
        refusal = Reason.FULL;
      }
      pump = deliveries.needsPump();
    } finally {
      lock.unlock();
    }
    if (pump) {
      deliveries.pump();
    }
    return refusal;
  }

  private @Nullable Reason addWaiting(T item, long bytes, long timeoutNanos)
      throws InterruptedException {
    Reason refusal;
    lock.lock();
    try {
      refusal = awaitRoom(bytes, timeoutNanos);
      if (refusal == null) {
        backlog.add(item, bytes, timer.nanoTime());
      }
    } finally {
      lock.unlock();
    }
    deliveries.pump();
    return refusal;
  }

  private @Nullable Reason awaitRoom(long bytes, long timeoutNanos) throws InterruptedException {
    if (closed) {
      return Reason.CLOSED; // and the timer may be, too
    }
    long deadline = timer.nanoTime() + timeoutNanos;
    Condition turn = lock.newCondition();
    Runnable alarm = timer.schedule(() -> signal(turn), timeoutNanos);
    adders.add(turn);
    try {
      while (!closed && !(turn.equals(adders.peek()) && backlog.hasRoom(bytes))) {
        if (timer.nanoTime() - deadline >= 0) {
          return Reason.FULL;
        }
        backlog.makeDue();
        if (deliveries.needsPump()) {
          pumpUnlocked();
        } else {
          turn.await();
        }
      }
      return closed ? Reason.CLOSED : null;
    } finally {
      adders.remove(turn);
      alarm.run();
      onRoom(); // the next one may be luckier
    }
  }

  private void pumpUnlocked() {
    lock.unlock();
    try {
      deliveries.pump();
    } finally {
      lock.lock();
    }
  }

  private void signal(Condition condition) {
    lock.lock();
    try {
      condition.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void onRoom() {
    Condition first = adders.peek();
    if (first != null) {
      first.signal();
    }
    if (backlog.heldItems() == 0) {
      drained.signalAll();
    }
  }

  private void countRefused() {
    lock.lock();
    try {
      refused++;
    } finally {
      lock.unlock();
    }
  }

  private ItemRefusedException refusal(Reason reason, long bytes, Duration timeout) {
    countRefused();
    if (reason == Reason.CLOSED) {
      return new ItemRefusedException(reason, "batch writer is closed");
    }
    BatchStats now = stats();
    return new ItemRefusedException(
        reason,
        "no room for an item of %d bytes within %s: %d of %d items and %d of %d bytes are pending"
            .formatted(
                bytes,
                timeout,
                now.pendingItems(),
                limits.pendingItems(),
                now.pendingBytes(),
                limits.pendingBytes()));
  }

  private void beginClose() {
    lock.lock();
    try {
      if (deliveries.isRunByThisThread()) {
        throw new IllegalStateException("a sink or listener cannot close the writer that calls it");
      }
      closed = true;
      backlog.makeDue();
      adders.forEach(Condition::signal);
    } finally {
      lock.unlock();
    }
  }

  /** Whether all items ended, or another close has taken them; not if the time is over. */
  private boolean awaitDrained(long timeoutNanos) {
    if (isDrained()) {
      return true;
    }
    long deadline = timer.nanoTime() + timeoutNanos;
    Runnable alarm = timer.schedule(() -> signal(drained), Math.max(0, timeoutNanos));
    try {
      while (!isDrained() && timer.nanoTime() - deadline < 0) {
        drained.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      alarm.run();
    }
    return isDrained();
  }

  private boolean isDrained() {
    return abandoned || backlog.heldItems() == 0;
  }

  private static IllegalStateException handedBack() {
    return new IllegalStateException("closed before everything was written or rejected");
  }
}
