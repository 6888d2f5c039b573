package dev.tenfold.toolkit.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The batches under way: cut from the backlog when they are due, handed to the executor, written,
 * retried, taken apart, and settled. Methods whose comment says so are called under the lock, the
 * others without it.
 */
final class Deliveries<T> {

  private final ReentrantLock lock;
  private final Settings<T> settings;
  private final Backlog<T> backlog;
  private final Flushes flushes;
  private final Runnable onRoom;

  // All guarded by the lock.
  private final List<Delivery<T>> underWay = new ArrayList<>();
  private @Nullable Runnable ageTimer;
  private boolean ended;
  private long batches;
  private long retries;
  private long written;
  private long rejected;
  private long handedBack;

  /**
   * @param onRoom is run under the lock whenever items have ended
   */
  Deliveries(
      ReentrantLock lock,
      Settings<T> settings,
      Backlog<T> backlog,
      Flushes flushes,
      Runnable onRoom) {
    this.lock = lock;
    this.settings = settings;
    this.backlog = backlog;
    this.flushes = flushes;
    this.onRoom = onRoom;
  }

  /**
   * Whether {@link #pump} has something to do; if only time is missing, it will be done then. Under
   * the lock.
   */
  boolean needsPump() {
    if (ended || backlog.isQueueEmpty() || underWay.size() >= settings.concurrency()) {
      return false;
    }
    long now = settings.timer().nanoTime();
    if (backlog.isDue(now)) {
      return true;
    }
    if (ageTimer == null) {
      ageTimer = settings.timer().schedule(this::onAge, backlog.nanosToAge(now));
    }
    return false;
  }

  private void onAge() {
    lock.lock();
    try {
      ageTimer = null; // it may have been set for an older item: then it is set again
    } finally {
      lock.unlock();
    }
    pump();
  }

  /** Begins all batches that are due, as long as one more may be under way. */
  void pump() {
    for (Delivery<T> next = begin(); next != null; next = begin()) {
      dispatch(next);
    }
  }

  private @Nullable Delivery<T> begin() {
    lock.lock();
    try {
      if (!needsPump()) {
        return null;
      }
      batches++;
      long firstNumber = backlog.head();
      var delivery = new Delivery<>(firstNumber, backlog.cut());
      underWay.add(delivery);
      return delivery;
    } finally {
      lock.unlock();
    }
  }

  private void dispatch(Delivery<T> delivery) {
    var run = new Run(delivery);
    if (!expect(delivery, run)) {
      return;
    }
    run.dispatcher = Thread.currentThread();
    try {
      settings.executor().execute(run);
    } catch (Throwable refusal) { // whatever it is, the batch is still ours
      onRefusal(delivery, run, refusal);
    } finally {
      run.dispatcher = null;
    }
  }

  private boolean expect(Delivery<T> delivery, Run run) {
    lock.lock();
    try {
      delivery.expectedRun = run;
      return !delivery.abandoned;
    } finally {
      lock.unlock();
    }
  }

  private void onRefusal(Delivery<T> delivery, Run run, Throwable refusal) {
    boolean persists;
    lock.lock();
    try {
      if (delivery.expectedRun != run || delivery.abandoned) {
        return; // it was run all the same, or is not ours any more
      }
      delivery.expectedRun = null;
      persists = ++delivery.refusals == settings.tries();
      resumeLater(delivery, delivery.refusals);
    } finally {
      lock.unlock();
    }
    if (persists) {
      Settings.log("the executor still refuses a batch, which is kept", refusal);
    }
  }

  private void resumeLater(Delivery<T> delivery, int failures) {
    delivery.timer =
        settings
            .timer()
            .schedule(
                () -> {
                  dispatch(delivery);
                  pump();
                },
                settings.delayNanos(failures));
  }

  /** One go of an executor's thread at a batch: until it is settled, or has to wait. */
  private final class Run implements Runnable {
    private final Delivery<T> delivery;
    volatile @Nullable Thread dispatcher;

    Run(Delivery<T> delivery) {
      this.delivery = delivery;
    }

    @Override
    public void run() {
      if (!take()) {
        return;
      }
      while (step(delivery)) {}
      // Within execute(), on the dispatcher's thread, the dispatcher goes on with the next batch:
      // here each would be begun by the one before it, deeper and deeper in the stack.
      if (dispatcher != Thread.currentThread()) {
        pump();
      }
    }

    private boolean take() {
      lock.lock();
      try {
        if (delivery.expectedRun != this || delivery.abandoned) {
          return false;
        }
        delivery.expectedRun = null;
        delivery.refusals = 0;
        delivery.runner = Thread.currentThread();
        return true;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Writes the next part; whether this thread is to go on. */
  private boolean step(Delivery<T> delivery) {
    List<T> items = enterSink(delivery);
    if (items == null) {
      return false;
    }
    Throwable failure = settings.write(items);
    if (failure == null) {
      return onWritten(delivery);
    }
    List<Entry<T>> lost = onFailure(delivery, settings.isRetryable(failure));
    if (lost == null) {
      return false;
    }
    lost.forEach(entry -> settings.tell(entry.item(), failure));
    return lost.isEmpty() || settleRejected(delivery, lost);
  }

  private @Nullable List<T> enterSink(Delivery<T> delivery) {
    lock.lock();
    try {
      List<T> items = delivery.abandoned ? null : delivery.nextItems();
      delivery.inSink = items != null;
      if (items == null) {
        delivery.runner = null;
      }
      return items;
    } finally {
      lock.unlock();
    }
  }

  private boolean onWritten(Delivery<T> delivery) {
    List<CompletableFuture<@Nullable Void>> flushed;
    lock.lock();
    try {
      if (leaveSink(delivery)) {
        return false;
      }
      List<Entry<T>> part = delivery.takePart();
      written += part.size();
      flushed = settle(delivery, part);
    } finally {
      lock.unlock();
    }
    flushed.forEach(future -> future.complete(null));
    return true;
  }

  /** After a failed write: what is given up, which may be nothing; null if it has to wait. */
  private @Nullable List<Entry<T>> onFailure(Delivery<T> delivery, boolean retryable) {
    lock.lock();
    try {
      if (leaveSink(delivery)) {
        return null;
      }
      if (retryable && delivery.failedTries + 1 < settings.tries()) {
        delivery.failedTries++;
        retries++;
        delivery.runner = null;
        resumeLater(delivery, delivery.failedTries);
        return null;
      }
      if (!retryable && delivery.canSplit()) {
        delivery.split();
        return List.of();
      }
      return delivery.takePart();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the batch was handed back while it was in the sink. Under the lock. */
  private boolean leaveSink(Delivery<T> delivery) {
    delivery.inSink = false;
    if (delivery.abandoned) {
      delivery.runner = null;
      Thread.interrupted(); // it was for the sink, not for what this thread does next
    }
    return delivery.abandoned;
  }

  private boolean settleRejected(Delivery<T> delivery, List<Entry<T>> lost) {
    List<CompletableFuture<@Nullable Void>> flushed;
    lock.lock();
    try {
      rejected += lost.size();
      flushed = settle(delivery, lost);
    } finally {
      lock.unlock();
    }
    flushed.forEach(future -> future.complete(null));
    return true;
  }

  private List<CompletableFuture<@Nullable Void>> settle(
      Delivery<T> delivery, List<Entry<T>> part) {
    backlog.release(part);
    delivery.settle(part);
    if (delivery.isSettled()) {
      underWay.remove(delivery);
    }
    onRoom.run();
    return flushes.takeDone(firstUnsettled());
  }

  /** The number of the oldest item that has not ended. Under the lock. */
  long firstUnsettled() {
    long first = backlog.head();
    for (Delivery<T> delivery : underWay) {
      first = Math.min(first, delivery.firstUnsettled());
    }
    return first;
  }

  /** Whether this thread is at a batch. Under the lock. */
  boolean isRunByThisThread() {
    return underWay.stream().anyMatch(delivery -> delivery.runner == Thread.currentThread());
  }

  /** Takes everything that has not ended, and interrupts what is in the sink. Under the lock. */
  Leftovers<T> abandon() {
    List<Entry<T>> interrupted = new ArrayList<>();
    List<Entry<T>> waiting = new ArrayList<>();
    for (Delivery<T> delivery : underWay) {
      delivery.abandoned = true;
      delivery.timer.run();
      interrupted.addAll(delivery.takeInterrupted());
      waiting.addAll(delivery.takeRest());
      if (delivery.inSink && delivery.runner != null) {
        delivery.runner.interrupt();
      }
    }
    underWay.clear();
    backlog.release(interrupted);
    backlog.release(waiting);
    waiting.addAll(backlog.drain());
    handedBack += interrupted.size() + waiting.size();
    return new Leftovers<>(items(interrupted), items(waiting));
  }

  private static <T> List<T> items(List<Entry<T>> entries) {
    List<T> items = new ArrayList<>(entries.size());
    entries.forEach(entry -> items.add(entry.item()));
    return items;
  }

  /** Nothing will begin any more. Under the lock. */
  void end() {
    ended = true;
    if (ageTimer != null) {
      ageTimer.run();
    }
  }

  /** Under the lock. */
  BatchStats stats(long refused) {
    return new BatchStats(
        backlog.added(),
        refused,
        written,
        rejected,
        handedBack,
        batches,
        retries,
        backlog.heldItems(),
        backlog.heldBytes());
  }
}
