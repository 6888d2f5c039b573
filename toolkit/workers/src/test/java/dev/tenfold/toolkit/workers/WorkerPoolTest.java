package dev.tenfold.toolkit.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.testkit.CapturedLog;
import dev.tenfold.testkit.OnItsOwn;
import dev.tenfold.toolkit.workers.JobRefusedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WorkerPoolTest extends PoolsOfATest {

  private static Reason refusal(WorkerPool pool) {
    try {
      pool.submit(() -> {});
    } catch (JobRefusedException refused) {
      return refused.reason();
    }
    throw new AssertionError("the job was accepted");
  }

  @Test
  void exactlyAsManyJobsAsThereAreWorkersAndPlacesAreAcceptedHoweverSlowThreadsWakeUp() {
    for (int round = 0; round < 200; round++) {
      var open = new CountDownLatch(1);
      var accepted = new AtomicInteger();
      try (var pool = WorkerPool.builder().workers(2).queueCapacity(3).start()) {
        while (pool.trySubmit(open::await)) {
          accepted.incrementAndGet();
        }
        open.countDown();
      }
      assertThat(accepted).hasValue(5);
    }
  }

  @Test
  void withoutPlacesToWaitAJobIsAcceptedWhileAWorkerIsFree() throws Exception {
    var pool = pool(1, 0);
    pool.submit(busy());
    assertThat(refusal(pool)).isEqualTo(Reason.FULL);

    gate.countDown();
    pool.submit(marking("next"), LONG);
    pool.close();
    assertThat(done).containsExactly("busy", "next");
  }

  @Test
  void aRefusalSaysWhy() {
    var pool = pool(1, 0);
    pool.submit(busy());
    assertThatThrownBy(() -> pool.submit(() -> {}))
        .isInstanceOf(JobRefusedException.class)
        .hasMessage("job queue full");
    assertThatThrownBy(() -> pool.execute(() -> {}))
        .isInstanceOf(JobRefusedException.class)
        .hasMessage("job queue full");

    gate.countDown();
    pool.close();
    assertThatThrownBy(() -> pool.submit(() -> {})).hasMessage("worker pool is stopped");
    assertThatThrownBy(() -> pool.submit(() -> {}, LONG)).hasMessage("worker pool is stopped");
    assertThat(pool.trySubmit(() -> {})).isFalse();
    assertThat(refusal(pool)).isEqualTo(Reason.STOPPED);
    assertThat(pool.stats().refused()).isEqualTo(6);
  }

  @Test
  void jobsOfOneWorkerRunInTheOrderInWhichTheyWereAccepted() {
    var pool = pool(1, 100);
    for (int i = 0; i < 100; i++) {
      pool.submit(marking(i));
    }
    pool.close();
    assertThat(done).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailingJobIsToldWithItsWorkerAndTheWorkerGoesOn(boolean virtual) {
    record Failure(int worker, Job job, Throwable cause) {}
    Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    var builder =
        WorkerPool.builder()
            .workers(1)
            .onFailure((worker, job, cause) -> failures.add(new Failure(worker, job, cause)));
    var pool = started(virtual ? builder.virtualThreads() : builder);
    var exception = new IOException("on purpose");
    var error = new StackOverflowError("on purpose");
    Job first =
        () -> {
          throw exception;
        };
    Job second =
        () -> {
          throw error;
        };

    try (var log = new CapturedLog("dev.tenfold.toolkit.workers")) {
      pool.submit(first);
      pool.submit(second);
      pool.submit(() -> done.add(Thread.currentThread().isVirtual()));
      pool.close();
      assertThat(log.messages())
          .containsExactly("worker 1 of worker: a job failed", "worker 1 of worker: a job failed");
      assertThat(log.causes()).containsExactly(exception, error);
    }
    assertThat(failures)
        .containsExactly(new Failure(1, first, exception), new Failure(1, second, error));
    assertThat(done).containsExactly(virtual);
    assertThat(pool.stats()).isEqualTo(new WorkerStats(3, 0, 1, 2, 0, 0, 0));
  }

  @Test
  void aFailingListenerIsLoggedAndKillsNoWorker() {
    var thrown = new AssertionError("of the listener");
    var pool =
        started(
            WorkerPool.builder()
                .name("writers")
                .workers(1)
                .onFailure(
                    (worker, job, cause) -> {
                      throw thrown;
                    }));
    try (var log = new CapturedLog("dev.tenfold.toolkit.workers")) {
      pool.execute(
          () -> {
            throw new IllegalStateException("on purpose");
          });
      pool.submit(marking("next"));
      pool.close();
      assertThat(log.messages())
          .containsExactly(
              "worker 1 of writers: a job failed", "worker 1 of writers: the listener failed");
      assertThat(log.causes()).last().isEqualTo(thrown);
    }
    assertThat(done).containsExactly("next");
  }

  @Test
  void aLogThatFailsKillsNoWorker() {
    var pool = pool(1, 10);
    try (var log = new CapturedLog("dev.tenfold.toolkit.workers")) {
      log.failWith(new OutOfMemoryError("on purpose"));
      pool.execute(
          () -> {
            throw new IllegalStateException("on purpose");
          });
      pool.submit(marking("next"));
      pool.close();
    }
    assertThat(done).containsExactly("next");
  }

  @Test
  void anInterruptFlagThatAJobLeavesBehindDoesNotReachTheNext() {
    var pool = pool(1, 10);
    pool.submit(() -> Thread.currentThread().interrupt());
    pool.submit(() -> done.add(Thread.currentThread().isInterrupted()));
    pool.close();
    assertThat(done).containsExactly(false);
  }

  @Test
  void anInterruptOfAWorkerThatWaitsDoesNotReachTheNextJob() throws Exception {
    var pool = pool(1, 10);
    var worker = new CompletableFuture<Thread>();
    pool.submit(() -> worker.complete(Thread.currentThread()));
    worker.get().interrupt();
    pool.submit(() -> done.add(Thread.currentThread().isInterrupted()));
    pool.close();
    assertThat(done).containsExactly(false);
  }

  @Test
  void aJobMaySubmitJobsAndIsRefusedWhereThereIsNoRoom() {
    var pool = pool(1, 2);
    pool.submit(
        () -> {
          pool.submit(marking("second"));
          pool.submit(marking("third"));
          done.add(refusal(pool));
        });
    while (done.size() < 3) {
      Thread.onSpinWait();
    }
    assertThat(done).containsExactly(Reason.FULL, "second", "third");
  }

  @Test
  void aJobCannotStopThePoolThatRunsIt() throws Exception {
    var pool = pool(1, 2);
    var thrown = new CompletableFuture<Throwable>();
    pool.submit(
        () -> {
          assertThatThrownBy(pool::close).isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> pool.stop(LONG))
              .isInstanceOf(IllegalStateException.class)
              .satisfies(thrown::complete);
        });
    assertThat(thrown.get()).hasMessage("a job cannot stop the pool that runs it");
    pool.submit(marking("still accepted"));
    pool.close();
    assertThat(done).containsExactly("still accepted");
  }

  @Test
  void aSubmitThatWaitsIsAcceptedWhenThereIsRoom() throws Exception {
    var pool = pool(1, 0);
    pool.submit(busy());
    var waiting = OnItsOwn.start(() -> pool.submit(marking("waited"), LONG));
    waiting.awaitBlocked();
    gate.countDown();
    assertThat(waiting.outcome()).isNull();
    pool.close();
    assertThat(done).containsExactly("busy", "waited");
  }

  @Test
  void aSubmitThatWaitsIsRefusedWhenItsTimeIsOver() {
    var pool = pool(1, 0);
    pool.submit(busy());
    for (Duration time : List.of(Duration.ofSeconds(-1), Duration.ZERO, Duration.ofMillis(1))) {
      assertThatThrownBy(() -> pool.submit(() -> {}, time)).hasMessage("job queue full");
    }
    assertThat(pool.stats().refused()).isEqualTo(3);
  }

  @Test
  void aSubmitThatWaitsIsRefusedWhenAStopBegins() throws Exception {
    var pool = pool(1, 0);
    pool.submit(busy());
    var waiting = OnItsOwn.start(() -> pool.submit(marking("late"), FOREVER));
    waiting.awaitBlocked();
    assertThat(pool.stop(Duration.ZERO)).isEmpty();
    assertThat(waiting.outcome()).hasMessage("worker pool is stopped");
    assertThat(done).isEmpty();
  }

  @Test
  void aSubmitThatWaitsEndsWithAnInterruptAndTheJobIsNotAccepted() throws Exception {
    var pool = pool(1, 0);
    pool.submit(busy());
    var waiting = OnItsOwn.start(() -> pool.submit(marking("late"), LONG));
    waiting.awaitBlocked();
    waiting.thread().interrupt();
    assertThat(waiting.outcome()).isInstanceOf(InterruptedException.class);
    gate.countDown();
    pool.close();
    assertThat(done).containsExactly("busy");
  }

  @Test
  void platformWorkersAreNoDaemonsAndAllCarryTheNameOfThePool() throws Exception {
    var pool = started(WorkerPool.builder().name("writers").workers(2));
    pool.submit(busy());
    pool.submit(busy());
    var threads = List.of(begun.take(), begun.take());
    assertThat(threads)
        .extracting(Thread::getName)
        .containsExactlyInAnyOrder("writers-1", "writers-2");
    assertThat(threads).noneMatch(Thread::isDaemon);
  }

  @Test
  void optionsOutOfRangeAreRefusedWithTheValue() {
    var builder = WorkerPool.builder();
    assertThatThrownBy(() -> builder.workers(0)).hasMessage("workers must be at least 1, not 0");
    assertThatThrownBy(() -> builder.queueCapacity(-1))
        .hasMessage("queueCapacity must not be negative, was -1");
  }
}
