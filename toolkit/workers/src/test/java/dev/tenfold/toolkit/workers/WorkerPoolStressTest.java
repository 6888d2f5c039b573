package dev.tenfold.toolkit.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Submits race stops: what was accepted was run once or handed back, and nothing else was run. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorkerPoolStressTest {

  private static final int SUBMITTERS = 3;
  private static final int JOBS = 20;
  private static final int ROUNDS = 1_500;

  enum Ending {
    CLOSE,
    STOP_AT_ONCE,
    STOP_SOON
  }

  private static final class CountedJob implements Job {
    final AtomicInteger runs = new AtomicInteger();

    @Override
    public void run() {
      runs.incrementAndGet();
    }
  }

  private static List<Job> end(WorkerPool pool, Ending ending) {
    return switch (ending) {
      case CLOSE -> {
        pool.close();
        yield List.of();
      }
      case STOP_AT_ONCE -> pool.stop(Duration.ZERO);
      case STOP_SOON -> pool.stop(Duration.ofNanos(20_000));
    };
  }

  private static List<CountedJob> submitted(WorkerPool pool) throws InterruptedException {
    List<CountedJob> accepted = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      var job = new CountedJob();
      try {
        if (i % 4 == 0) {
          pool.submit(job, Duration.ofMillis(1));
          accepted.add(job);
        } else if (pool.trySubmit(job)) {
          accepted.add(job);
        }
      } catch (JobRefusedException refused) {
        assertThat(job.runs).hasValue(0);
      }
    }
    return accepted;
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void whatIsAcceptedWhileAStopBeginsIsRunOnceOrHandedBack(Ending ending) throws Exception {
    long handedBack = 0;
    try (ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        var builder = WorkerPool.builder().workers(2).queueCapacity(8);
        var pool = (round % 2 == 0 ? builder : builder.virtualThreads()).start();
        var start = new CyclicBarrier(SUBMITTERS + 1);
        List<Future<List<CountedJob>>> submits = new ArrayList<>();
        for (int i = 0; i < SUBMITTERS; i++) {
          submits.add(
              submitters.submit(
                  () -> {
                    start.await();
                    return submitted(pool);
                  }));
        }
        start.await();
        List<Job> notRun = end(pool, ending);
        pool.close();
        List<CountedJob> accepted = new ArrayList<>();
        for (Future<List<CountedJob>> submit : submits) {
          accepted.addAll(submit.get());
        }
        check(accepted, notRun, pool.stats());
        handedBack += notRun.size();
      }
    }
    if (ending == Ending.STOP_AT_ONCE) {
      assertThat(handedBack).isPositive();
    }
  }

  private static void check(List<CountedJob> accepted, List<Job> notRun, WorkerStats stats) {
    assertThat(accepted).allMatch(job -> job.runs.get() == (notRun.contains(job) ? 0 : 1));
    assertThat(accepted).containsAll(notRun.stream().map(CountedJob.class::cast).toList());
    assertThat(notRun).doesNotHaveDuplicates();
    assertThat(stats)
        .isEqualTo(
            new WorkerStats(
                accepted.size(),
                SUBMITTERS * JOBS - accepted.size(),
                accepted.size() - notRun.size(),
                0,
                notRun.size(),
                0,
                0));
  }
}
