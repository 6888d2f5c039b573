package dev.tenfold.toolkit.workers;

import dev.tenfold.toolkit.workers.JobRefusedException.Reason;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that were accepted and are not done, and whether more are accepted. Safe for any number
 * of threads.
 *
 * <p>What is bounded is the number of jobs that are held, those that run included: so an idle
 * worker that has not woken up yet takes no place from the queue, and whether a job is accepted
 * does not depend on how fast threads wake up.
 */
final class JobQueue {

  private final int places;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Job> waiting = new ArrayDeque<>();

  // Written under the lock, read without.
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong drained = new AtomicLong();

  private boolean stopped;

  /** A queue with places for so many jobs, waiting and running ones together. */
  JobQueue(int places) {
    this.places = places;
  }

  /** Accepts a job, or says why not. */
  @Nullable Reason offer(Job job) {
    lock.lock();
    try {
      return admit(job);
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #offer(Job)}, but waits for a place as long as the time allows. */
  @Nullable Reason offer(Job job, long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    lock.lockInterruptibly();
    try {
      while (!stopped && held.get() >= places && left > 0) {
        left = room.awaitNanos(left);
      }
      return admit(job);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Reason admit(Job job) {
    if (stopped) {
      return Reason.STOPPED;
    }
    if (held.get() >= places) {
      return Reason.FULL;
    }
    waiting.add(job);
    held.incrementAndGet();
    accepted.incrementAndGet();
    work.signal();
    return null;
  }

  /**
   * The next job, waited for; null when there will be none any more. The interrupt flag of the
   * thread is clear then: what a former job left of it is gone, and an interrupt that comes later
   * is meant for the job that this returns.
   */
  @Nullable Job take() {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** The job that was taken is done, and its place free; then as {@link #take}. */
  @Nullable Job doneAndTake() {
    lock.lock();
    try {
      held.decrementAndGet();
      room.signal();
      return next();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Job next() {
    while (waiting.isEmpty() && !stopped) {
      work.awaitUninterruptibly();
    }
    Thread.interrupted();
    return waiting.poll();
  }

  /** Accepts nothing any more. What was accepted can still be taken. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all jobs that nobody has taken, in the order in which they were accepted. */
  List<Job> drain() {
    lock.lock();
    try {
      List<Job> rest = List.copyOf(waiting);
      waiting.clear();
      held.addAndGet(-rest.size());
      drained.addAndGet(rest.size());
      return rest;
    } finally {
      lock.unlock();
    }
  }

  /** Jobs that were accepted and are not done. Takes no lock. */
  int held() {
    return held.get();
  }

  /** Jobs that were accepted so far. Takes no lock. */
  long accepted() {
    return accepted.get();
  }

  /** Jobs that left by {@link #drain}. Takes no lock. */
  long drained() {
    return drained.get();
  }
}
