package dev.tenfold.toolkit.workers;

import dev.tenfold.toolkit.workers.JobRefusedException.Reason;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of workers behind a bounded queue. A job is accepted or refused at once and
 * explicitly; what was accepted is run, or handed back by {@link #stop}.
 *
 * {@snippet file="dev/tenfold/toolkit/workers/WorkersExampleTest.java" region="example"}
 *
 * <p><b>The bound</b> is exact: a job is accepted if and only if a worker is free or fewer than
 * {@code queueCapacity} jobs wait. Workers take jobs in the order in which they were accepted.
 *
 * <p><b>Failures.</b> A job that throws anything, errors included, is logged with the number of its
 * worker (logger {@code dev.tenfold.toolkit.workers}, level {@code ERROR}) and told to the
 * listener; the worker takes the next one. An interrupt flag that a job leaves behind is cleared.
 *
 * <p><b>Threads.</b> Safe for any number of threads. Jobs may submit jobs, which are refused as
 * others are; {@link #close} and {@link #stop} in a job of the pool throw {@link
 * IllegalStateException} and change nothing. Platform workers are no daemons: they keep the JVM
 * alive until the pool is stopped. Virtual ones do not.
 *
 * <p><b>Ownership.</b> Whoever starts a pool stops it, by {@link #close} or {@link #stop}. All
 * threads are started at once and kept.
 *
 * <p><b>Cost.</b> One short lock for a submit and one for a job that ends; the queue allocates
 * nothing once it has grown to what it holds.
 */
public final class WorkerPool implements Executor, AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.tenfold.toolkit.workers");

  private final String name;
  private final int workers;
  private final JobQueue queue;
  private final Thread[] threads;
  private final @Nullable JobFailureListener listener;

  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private WorkerPool(Builder options) {
    name = options.name;
    listener = options.listener;
    workers = options.workers;
    queue = new JobQueue((int) Math.min(Integer.MAX_VALUE, (long) workers + options.queueCapacity));
    threads = new Thread[workers];
    for (int i = 0; i < workers; i++) {
      int worker = i + 1;
      Thread.Builder thread =
          options.virtualThreads ? Thread.ofVirtual() : Thread.ofPlatform().daemon(false);
      threads[i] = thread.name(name + "-" + worker).unstarted(() -> work(worker));
    }
  }

  /** The options of a pool, with their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Accepts a job, or refuses it at once.
   *
   * @throws JobRefusedException "job queue full" or "worker pool is stopped"
   */
  public void submit(Job job) {
    check(admit(job));
  }

  /**
   * Accepts a job, and waits for room if there is none. Those who wait are served in no promised
   * order. A job that calls this holds its worker meanwhile.
   *
   * @param timeout how long to wait; zero or less is not at all
   * @throws JobRefusedException "job queue full" when the time is over, "worker pool is stopped" as
   *     soon as a stop begins
   * @throws InterruptedException if this thread is interrupted before or while it waits; the job
   *     was not accepted
   */
  public void submit(Job job, Duration timeout) throws InterruptedException {
    Objects.requireNonNull(job, "job");
    check(count(queue.offer(job, nanos(timeout))));
  }

  /**
   * As {@link #submit(Job)}, but says no instead of throwing: for callers to whom a full queue is
   * nothing unusual.
   *
   * @return whether the job was accepted
   */
  public boolean trySubmit(Job job) {
    return admit(job) == null;
  }

  /**
   * As {@link #submit(Job)}, for whatever takes an {@link Executor}.
   *
   * @throws JobRefusedException "job queue full" or "worker pool is stopped"
   */
  @Override
  public void execute(Runnable command) {
    Objects.requireNonNull(command, "command");
    submit(command::run);
  }

  /**
   * Accepts no more jobs, runs all that were accepted, and ends the workers. Waits for that as long
   * as it takes; an interrupt of this thread changes nothing, and is there again afterwards. Does
   * nothing on a pool that is stopped. {@link #stop} is the one with a deadline, and may be called
   * by another thread while this waits.
   */
  @Override
  public void close() {
    beginStop();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * As {@link #close}, but only for so long. At the deadline the jobs that have not begun are
   * handed back, those that run are interrupted, and this returns without waiting for them. An
   * interrupt of this thread counts as the deadline, and stays set.
   *
   * @param timeout how long jobs may still run; zero or less is not at all
   * @return the jobs that were accepted and will not be run, in the order in which they were
   *     accepted; empty if all was done in time. If several threads stop the pool, one of them gets
   *     the jobs.
   */
  public List<Job> stop(Duration timeout) {
    beginStop();
    if (ended(nanos(timeout))) {
      return List.of();
    }
    List<Job> notRun = queue.drain();
    for (Thread thread : threads) {
      thread.interrupt(); // nobody can take a job any more, so this reaches none that begins later
    }
    return notRun;
  }

  /** What happened so far, and what is held. Takes no lock. */
  public WorkerStats stats() {
    long ended = completed.get();
    long endedBadly = failed.get();
    long drained = queue.drained();
    int held = queue.held();
    int active = Math.min(held, workers);
    return new WorkerStats(
        queue.accepted(), refused.get(), ended, endedBadly, drained, held - active, active);
  }

  private @Nullable Reason admit(Job job) {
    return count(queue.offer(Objects.requireNonNull(job, "job")));
  }

  private @Nullable Reason count(@Nullable Reason refusal) {
    if (refusal != null) {
      refused.incrementAndGet();
    }
    return refusal;
  }

  private static void check(@Nullable Reason refusal) {
    if (refusal != null) {
      throw new JobRefusedException(refusal);
    }
  }

  private void beginStop() {
    for (Thread thread : threads) {
      if (thread == Thread.currentThread()) {
        throw new IllegalStateException("a job cannot stop the pool that runs it");
      }
    }
    queue.stop();
  }

  private boolean ended(long timeoutNanos) {
    long start = System.nanoTime();
    try {
      for (Thread thread : threads) {
        long left = timeoutNanos - (System.nanoTime() - start);
        if (!thread.join(Duration.ofNanos(left))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void start() {
    try {
      for (Thread thread : threads) {
        thread.start();
      }
    } catch (Throwable thrown) { // no more threads to be had: those that there are shall end
      queue.stop();
      throw thrown;
    }
  }

  private void work(int worker) {
    for (Job job = queue.take(); job != null; job = queue.doneAndTake()) {
      try {
        job.run();
        completed.incrementAndGet();
      } catch (Throwable thrown) { // whatever it is, the worker goes on
        failed.incrementAndGet();
        report(worker, job, thrown);
      }
    }
  }

  private void report(int worker, Job job, Throwable cause) {
    log(worker, "a job failed", cause);
    if (listener == null) {
      return;
    }
    try {
      listener.failed(worker, job, cause);
    } catch (Throwable thrown) { // whatever it is, the worker goes on
      log(worker, "the listener failed", thrown);
    }
  }

  private void log(int worker, String what, Throwable cause) {
    try {
      LOG.log(Level.ERROR, "worker %d of %s: %s".formatted(worker, name, what), cause);
    } catch (Throwable thrown) { // a log that fails, or no memory for it: nowhere left to tell
    }
  }

  private static long nanos(Duration time) {
    return TimeUnit.NANOSECONDS.convert(time); // saturates where Duration.toNanos throws
  }

  /** What a {@link WorkerPool} is started with. Each pool that it starts is its own. */
  public static final class Builder {
    private String name = "worker";
    private int workers = Runtime.getRuntime().availableProcessors();
    private int queueCapacity = 1_024;
    private boolean virtualThreads;
    private @Nullable JobFailureListener listener;

    private Builder() {}

    /** What the pool is called in the log, and its threads, with their number; "worker" if not. */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /** How many jobs run at a time, at least 1; the number of processors if not given. */
    public Builder workers(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("workers must be at least 1, not " + count);
      }
      workers = count;
      return this;
    }

    /**
     * How many jobs may wait while all workers are busy; 1,024 if not given. With 0, a job is only
     * accepted while a worker is free.
     */
    public Builder queueCapacity(int jobs) {
      if (jobs < 0) {
        throw new IllegalArgumentException("queueCapacity must not be negative, was " + jobs);
      }
      queueCapacity = jobs;
      return this;
    }

    /** Workers are virtual threads: for jobs that mostly wait. Platform threads if not given. */
    public Builder virtualThreads() {
      virtualThreads = true;
      return this;
    }

    /** Is told of each job that fails, after it was logged. */
    public Builder onFailure(JobFailureListener value) {
      listener = Objects.requireNonNull(value, "listener");
      return this;
    }

    /**
     * Starts a pool, with all its threads.
     *
     * @throws OutOfMemoryError if the system gives no more threads; none is left behind then
     */
    public WorkerPool start() {
      var pool = new WorkerPool(this);
      pool.start();
      return pool;
    }
  }
}
