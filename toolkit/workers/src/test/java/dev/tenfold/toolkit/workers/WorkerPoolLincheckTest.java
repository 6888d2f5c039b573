package dev.tenfold.toolkit.workers;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Model checking of a whole pool: submitter, stopper and worker in the orders Lincheck tries. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class WorkerPoolLincheckTest {

  private static final int INVOCATIONS = 100;

  private static WorkerPool pool() {
    return WorkerPool.builder().workers(1).queueCapacity(1).start();
  }

  @Test
  void whatIsAcceptedWhileAStopBeginsIsRunOrHandedBack() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          var pool = pool();
          var runs = new AtomicInteger();
          var accepted = new AtomicInteger();
          Thread submitter = new Thread(() -> submitTwice(pool, runs, accepted));
          submitter.start();
          List<Job> notRun = pool.stop(Duration.ZERO);
          join(submitter);
          pool.close();
          check(accepted.get(), runs.get() + notRun.size());
        });
  }

  @Test
  void whatIsAcceptedWhileACloseBeginsIsRun() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          var pool = pool();
          var runs = new AtomicInteger();
          var accepted = new AtomicInteger();
          Thread submitter = new Thread(() -> submitTwice(pool, runs, accepted));
          submitter.start();
          pool.close();
          join(submitter);
          check(accepted.get(), runs.get());
        });
  }

  private static void submitTwice(WorkerPool pool, AtomicInteger runs, AtomicInteger accepted) {
    for (int i = 0; i < 2; i++) {
      if (pool.trySubmit(runs::incrementAndGet)) {
        accepted.incrementAndGet();
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // AssertJ does not work under Lincheck, which compares what it sees by equals().
  private static void check(int accepted, int ended) {
    if (accepted != ended) {
      throw new AssertionError(accepted + " were accepted, " + ended + " run or handed back");
    }
  }
}
