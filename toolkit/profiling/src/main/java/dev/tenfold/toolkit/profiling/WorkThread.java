package dev.tenfold.toolkit.profiling;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which the heap and the threads are looked at, one request after the other. Safe
 * for any thread.
 */
final class WorkThread {
  /** What the names of all threads here begin with. */
  static final String NAME = "tenfold-profiling";

  private static final int MOST_WAITING = 8;
  private static final long CLOSE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, work -> Thread.ofPlatform().daemon().name(NAME).unstarted(work));
  private final Semaphore room = new Semaphore(MOST_WAITING);

  WorkThread() {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** True for the name of a thread of this part. */
  static boolean isOurs(String name) {
    return name.startsWith(NAME);
  }

  /** Does it when it is its turn. */
  void execute(Runnable work) {
    thread.execute(work);
  }

  /** Does it again and again until the end. */
  void every(Duration pause, Runnable work) {
    long nanos = pause.toNanos();
    var _ = thread.scheduleWithFixedDelay(work, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Does it after a while, unless it is closed by then. */
  void after(Duration pause, Runnable work) {
    try {
      var _ = thread.schedule(work, pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // closed: so it is not done
    }
  }

  /**
   * Answers when it is its turn; not at all if the answer is cancelled before.
   *
   * @throws Refusal where too many wait, and after the end
   */
  CompletableFuture<ProfilingResponse> respond(Callable<ProfilingResponse> work) {
    if (!room.tryAcquire()) {
      throw Refusal.busy(MOST_WAITING + " requests are under way; no more at a time", 1);
    }
    CompletableFuture<ProfilingResponse> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> finish(answer, work));
    } catch (RejectedExecutionException _) {
      room.release();
      throw Refusal.closed();
    }
    return answer;
  }

  /**
   * Waits for its turn and for the result. For threads that are few themselves.
   *
   * @throws Refusal as it throws it, and after the end
   */
  <T> T call(Callable<T> work) throws InterruptedException {
    try {
      return thread.submit(work).get();
    } catch (RejectedExecutionException _) {
      throw Refusal.closed();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    }
  }

  /** Does this last, after what was asked for, and waits for it. */
  void close(Runnable last) {
    thread.execute(last);
    thread.shutdown();
    try {
      var _ = thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish(
      CompletableFuture<ProfilingResponse> answer, Callable<ProfilingResponse> work) {
    ProfilingResponse response;
    try {
      response = answer.isDone() ? Refusal.closed().response() : ProfilingResponse.of(work);
    } finally {
      room.release();
    }
    answer.complete(response);
  }
}
