package dev.tenfold.toolkit.batching;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Model checking of a whole writer: threads add, write and close in the orders that Lincheck tries.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BatchWriterLincheckTest {

  private static final int INVOCATIONS = 40;

  /** Time stands, and nothing that waits for it comes. */
  private static final class NoTime implements BatchTimer {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Runnable schedule(Runnable task, long delayNanos) {
      return () -> {};
    }
  }

  private static BatchWriter<Integer> writer(AtomicInteger written, Executor executor) {
    return BatchWriter.<Integer>builder(batch -> written.addAndGet(batch.size()))
        .retryable(failure -> false)
        .onRejected((item, cause) -> {})
        .batchItems(2)
        .timer(new NoTime())
        .executor(executor)
        .build();
  }

  @Test
  void whatIsAddedWhileACloseBeginsIsWritten() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          var written = new AtomicInteger();
          var added = new AtomicInteger();
          BatchWriter<Integer> writer = writer(written, Runnable::run);
          Thread adder = new Thread(() -> offerThrice(writer, added));
          adder.start();
          int left = writer.close(Duration.ofHours(1)).all().size();
          int writtenByThen = written.get();
          join(adder);
          check(left == 0, "handed back: " + left);
          check(added.get() == writtenByThen, added + " added, " + writtenByThen + " written");
          check(written.get() == writtenByThen, "written after the close: " + written);
        });
  }

  @Test
  void whatIsAddedAndWrittenWhileAWriterIsClosedAtOnceIsWrittenOrHandedBack() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          var written = new AtomicInteger();
          var added = new AtomicInteger();
          Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
          BatchWriter<Integer> writer = writer(written, tasks::add);
          offerThrice(writer, added); // a batch under way, and one item in the queue
          Thread adder =
              new Thread(
                  () -> {
                    offerThrice(writer, added);
                    runAll(tasks);
                  });
          adder.start();
          Leftovers<Integer> left = writer.close(Duration.ZERO);
          join(adder);
          int surely = written.get() + left.waiting().size();
          BatchStats stats = writer.stats();
          check(stats.pendingItems() == 0, "pending: " + stats);
          check(stats.added() == stats.written() + stats.handedBack(), "lost: " + stats);
          check(stats.added() == added.get(), added + " added: " + stats);
          check(
              surely <= added.get() && surely + left.interrupted().size() >= added.get(),
              added + " added, " + written + " written, left: " + left);
        });
  }

  private static void runAll(Queue<Runnable> tasks) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static void offerThrice(BatchWriter<Integer> writer, AtomicInteger added) {
    for (int i = 0; i < 3; i++) {
      if (writer.offer(i)) {
        added.incrementAndGet();
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
  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
