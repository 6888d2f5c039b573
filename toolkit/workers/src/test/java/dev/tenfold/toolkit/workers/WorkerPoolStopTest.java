package dev.tenfold.toolkit.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.testkit.OnItsOwn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a pool ends, in time and at its deadline. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WorkerPoolStopTest extends PoolsOfATest {

  @Test
  void closeRunsAllThatWasAcceptedAndThenNoThreadIsLeft() throws Exception {
    var pool = pool(3, 100);
    for (int i = 0; i < 3; i++) {
      pool.submit(busy());
    }
    for (int i = 0; i < 100; i++) {
      pool.submit(marking(i));
    }
    List<Thread> threads = List.of(begun.take(), begun.take(), begun.take());
    gate.countDown();
    pool.close();
    assertThat(done).hasSize(103);
    assertThat(threads).doesNotHaveDuplicates().noneMatch(Thread::isAlive);
    assertThat(pool.stats()).isEqualTo(new WorkerStats(103, 0, 103, 0, 0, 0, 0));

    pool.close();
    assertThat(pool.stop(Duration.ZERO)).isEmpty();
  }

  @Test
  void closeLosesNothingWhenItsThreadIsInterrupted() throws Exception {
    var pool = pool(1, 10);
    pool.submit(busy());
    pool.submit(marking("queued"));
    var stillInterrupted = new AtomicBoolean();
    var closing =
        OnItsOwn.start(
            () -> {
              pool.close();
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    closing.awaitBlocked();
    closing.thread().interrupt();
    gate.countDown();
    assertThat(closing.outcome()).isNull();
    assertThat(done).containsExactly("busy", "queued");
    assertThat(stillInterrupted).isTrue();
  }

  @Test
  void aStopWithTimeEnoughRunsEverything() {
    var pool = pool(2, 100);
    for (int i = 0; i < 100; i++) {
      pool.submit(marking(i));
    }
    assertThat(pool.stop(LONG)).isEmpty();
    assertThat(done).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStopAtItsDeadlineHandsBackWhatHasNotBegunAndInterruptsWhatRuns(boolean virtual)
      throws Exception {
    var builder = WorkerPool.builder().workers(1).queueCapacity(2);
    var pool = started(virtual ? builder.virtualThreads() : builder);
    pool.submit(busy());
    Thread worker = begun.take();
    Job second = marking("second");
    Job third = marking("third");
    pool.submit(second);
    pool.submit(third);
    assertThat(pool.stats()).isEqualTo(new WorkerStats(3, 0, 0, 0, 0, 2, 1));

    assertThat(pool.stop(Duration.ofMillis(1))).containsExactly(second, third);
    assertThat(worker.join(LONG)).isTrue();
    assertThat(done).isEmpty();
    assertThat(pool.stats()).isEqualTo(new WorkerStats(3, 0, 0, 1, 2, 0, 0));
    assertThat(pool.stop(LONG)).isEmpty();
  }

  @Test
  void aStopDoesNotWaitForAJobThatIgnoresTheInterrupt() throws Exception {
    var pool = pool(1, 2);
    pool.submit(
        () -> {
          begun.add(Thread.currentThread());
          while (gate.getCount() > 0) {
            Thread.onSpinWait();
          }
        });
    begun.take();
    assertThat(pool.stop(Duration.ZERO)).isEmpty();
    assertThat(pool.stats().active()).isEqualTo(1);
    gate.countDown();
    pool.close();
    assertThat(pool.stats().completed()).isEqualTo(1);
  }

  @Test
  void anInterruptOfAStopIsItsDeadlineAndStaysSet() throws Exception {
    var pool = pool(1, 2);
    pool.submit(busy());
    begun.take();
    Job second = marking("second");
    pool.submit(second);
    Thread.currentThread().interrupt();
    assertThat(pool.stop(LONG)).containsExactly(second);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aStopEndsACloseThatWaits() throws Exception {
    var pool = pool(1, 2);
    pool.submit(busy());
    Job second = marking("second");
    pool.submit(second);
    begun.take();
    var closing = OnItsOwn.start(pool::close);
    closing.awaitBlocked();
    assertThat(pool.stop(Duration.ZERO)).containsExactly(second);
    assertThat(closing.outcome()).isNull();
  }
}
