package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does what takes a number of seconds: so many at a time, each on a thread of its own. Safe for any
 * thread.
 */
final class TimedWork {
  /** What is done in the meantime. It comes back soon after the end. */
  interface Work {
    ProfilingResponse take(End end) throws IOException, InterruptedException;
  }

  private final String thread;
  private final int most;
  private final String tooMany;
  private final List<Run> running = new ArrayList<>(); // guarded by itself
  private boolean isEnded; // guarded by running

  /** One under way. */
  private record Run(
      int seconds,
      AtomicLong deadlineNanos,
      CompletableFuture<ProfilingResponse> answer,
      CountDownLatch ended)
      implements End {

    static Run of(int seconds) {
      Run run =
          new Run(seconds, new AtomicLong(), new CompletableFuture<>(), new CountDownLatch(1));
      run.beginNow();
      var _ = run.answer.whenComplete((response, failure) -> run.ended.countDown());
      return run;
    }

    @Override
    public void beginNow() {
      deadlineNanos.set(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
      long left = left();
      boolean over = ended.await(Math.min(left, atMost.toNanos()), TimeUnit.NANOSECONDS);
      return over || left() <= 0;
    }

    @Override
    public boolean isWanted() {
      return !answer.isDone();
    }

    long left() {
      return deadlineNanos.get() - System.nanoTime();
    }
  }

  /**
   * Does nothing yet.
   *
   * @param thread what its threads are called
   * @param most how many at a time
   * @param tooMany said to who is one too many
   */
  TimedWork(String thread, int most, String tooMany) {
    this.thread = thread;
    this.most = most;
    this.tooMany = tooMany;
  }

  /**
   * Begins. If the answer is cancelled, it ends at once.
   *
   * @throws Refusal while as many as may be are under way, and after the end
   */
  CompletableFuture<ProfilingResponse> begin(int seconds, Work work) {
    Run run = Run.of(seconds);
    synchronized (running) {
      if (isEnded) {
        throw Refusal.closed();
      }
      if (running.size() >= most) {
        throw Refusal.busy(tooMany, secondsUntilOneEnds());
      }
      running.add(run);
    }
    Thread.ofPlatform().daemon().name(thread).start(() -> finish(run, work));
    return run.answer;
  }

  /** Ends what is under way, and begins nothing any more; who waits for an answer gets 503. */
  void end() {
    List<Run> open;
    synchronized (running) {
      isEnded = true;
      open = List.copyOf(running);
    }
    open.forEach(run -> run.answer.complete(Refusal.closed().response()));
  }

  /** Waits until nothing is under way any more, at the most until then. */
  void awaitEnd(long deadlineNanos) throws InterruptedException {
    synchronized (running) {
      for (long left = deadlineNanos - System.nanoTime();
          !running.isEmpty() && left > 0;
          left = deadlineNanos - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(running, left);
      }
    }
  }

  private void finish(Run run, Work work) {
    ProfilingResponse answer;
    try {
      answer = ProfilingResponse.of(() -> work.take(run));
    } finally {
      synchronized (running) { // before who waits is told: another may begin then
        running.remove(run);
        running.notifyAll();
      }
    }
    run.answer.complete(answer);
  }

  private long secondsUntilOneEnds() {
    long nanos = running.stream().map(Run::left).min(Comparator.naturalOrder()).orElse(0L);
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos) + 1);
  }
}
