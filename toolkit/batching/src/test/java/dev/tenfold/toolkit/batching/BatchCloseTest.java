package dev.tenfold.toolkit.batching;

import static dev.tenfold.toolkit.batching.Workshop.items;
import static dev.tenfold.toolkit.batching.Workshop.offerAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.testkit.OnItsOwn;
import dev.tenfold.toolkit.batching.Workshop.Hiccup;
import dev.tenfold.toolkit.workers.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a writer ends, in time and at its deadline. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BatchCloseTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Workshop shop = new Workshop();

  private BatchWriterBuilder<String> builder() {
    return shop.builder().batchItems(4).pendingItems(100).maxAge(Duration.ofHours(1));
  }

  @Test
  void aCloseWritesAllThatWasAdded() {
    var writer = builder().executor(Runnable::run).build();
    offerAll(writer, items(6));
    assertThat(writer.close(SECOND).isEmpty()).isTrue();
    assertThat(shop.written).containsExactly(items(6).subList(0, 4), items(6).subList(4, 6));
    assertThat(shop.timer.scheduled()).isZero();
    assertThat(writer.close(SECOND).isEmpty()).isTrue();
    writer.close();
    assertThat(shop.rejected).isEmpty();
  }

  @Test
  void aCloseWaitsForRetries() {
    var writer = builder().executor(Runnable::run).build();
    shop.failures.add(new Hiccup());
    offerAll(writer, items(4));
    var left = new AtomicReference<Leftovers<String>>();
    var closing = OnItsOwn.blocked(() -> left.set(writer.close(SECOND)));
    shop.timer.advance(Duration.ofMillis(100));
    assertThat(closing.outcome()).isNull();
    assertThat(left.get().isEmpty()).isTrue();
    assertThat(shop.written).containsExactly(items(4));
    assertThat(shop.timer.scheduled()).isZero();
  }

  @Test
  void whatWaitsForARetryAtTheDeadlineIsHandedBackAndNeverWritten() {
    var writer = builder().executor(Runnable::run).build();
    shop.failures.addAll(List.of(new Hiccup(), new Hiccup()));
    offerAll(writer, items(6));
    var flush = writer.flush();
    Leftovers<String> left = writer.close(Duration.ZERO);
    assertThat(left).isEqualTo(new Leftovers<>(List.of(), items(6)));
    assertThat(flush).isCompletedExceptionally();
    assertThat(writer.flush()).isCompletedExceptionally();
    shop.timer.advance(Duration.ofHours(2));
    assertThat(shop.tried).hasSize(1);
    assertThat(writer.stats()).isEqualTo(new BatchStats(6, 0, 0, 0, 6, 1, 1, 0, 0));
  }

  @Test
  void whatTheExecutorNeverRanIsHandedBackAndNotWrittenIfItRunsLater() {
    var writer = builder().build();
    offerAll(writer, items(6));
    assertThat(writer.close(Duration.ZERO).waiting()).containsExactlyElementsOf(items(6));
    shop.runTasks();
    assertThat(shop.tried).isEmpty();
  }

  @Test
  void aSinkThatHangsIsInterruptedAtTheDeadlineAndWhatItHadIsToldApart() throws Exception {
    var inSink = new CountDownLatch(1);
    var interrupted = new CompletableFuture<Boolean>();
    var flagAfterwards = new CompletableFuture<Boolean>();
    try (var pool = WorkerPool.builder().workers(1).start()) {
      BatchWriter<String> writer =
          BatchWriter.<String>builder(
                  batch -> {
                    inSink.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                      Thread.onSpinWait(); // hangs, and keeps the flag
                    }
                    interrupted.complete(true);
                  })
              .retryable(failure -> true)
              .onRejected((item, cause) -> {})
              .batchItems(4)
              .timer(shop.timer)
              .executor(
                  task ->
                      pool.execute(
                          () -> {
                            task.run();
                            flagAfterwards.complete(Thread.currentThread().isInterrupted());
                          }))
              .build();
      offerAll(writer, items(6));
      inSink.await();
      var left = new AtomicReference<Leftovers<String>>();
      var closing = OnItsOwn.blocked(() -> left.set(writer.close(SECOND)));
      shop.timer.advance(SECOND);
      assertThat(closing.outcome()).isNull();
      assertThat(left.get())
          .isEqualTo(new Leftovers<>(items(6).subList(0, 4), items(6).subList(4, 6)));
      assertThat(interrupted.get()).isTrue();
      assertThat(flagAfterwards.get()).isFalse();
      assertThat(writer.stats()).isEqualTo(new BatchStats(6, 0, 0, 0, 6, 1, 0, 0, 0));
    }
  }

  @Test
  void whatIsBeingRejectedAtTheDeadlineIsNotHandedBackToo() throws Exception {
    var told = new ArrayList<String>();
    var telling = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    var writer =
        builder()
            .onRejected(
                (item, cause) -> {
                  told.add(item);
                  telling.countDown();
                  try {
                    gate.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                })
            .build();
    offerAll(writer, List.of("poison", "a", "b", "c", "d"));
    var running = OnItsOwn.start(shop::runTasks);
    telling.await();
    assertThat(writer.close(Duration.ZERO).all()).containsExactly("a", "b", "c", "d");
    gate.countDown();
    assertThat(running.outcome()).isNull();
    assertThat(told).containsExactly("poison");
    assertThat(shop.written).isEmpty();
    assertThat(writer.stats()).isEqualTo(new BatchStats(5, 0, 0, 1, 4, 1, 0, 0, 0));
  }

  @Test
  void aCloseWithoutATimeoutTellsTheListenerOfWhatIsLeft() {
    var writer = builder().closeTimeout(Duration.ZERO).build();
    offerAll(writer, items(5));
    writer.close();
    assertThat(shop.rejectedItems()).containsExactlyElementsOf(items(5));
    assertThat(shop.rejected)
        .allMatch(rejection -> rejection.cause() instanceof TimeoutException)
        .allMatch(
            rejection ->
                "not written within the PT0S of the close".equals(rejection.cause().getMessage()));
  }

  @Test
  void anInterruptOfACloseIsItsDeadlineAndStaysSet() {
    var writer = builder().build();
    offerAll(writer, items(5));
    Thread.currentThread().interrupt();
    assertThat(writer.close(SECOND).waiting()).containsExactlyElementsOf(items(5));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void ofTwoClosesOneGetsWhatIsLeft() {
    var writer = builder().build();
    offerAll(writer, items(5));
    var first = new AtomicReference<Leftovers<String>>();
    var closing = OnItsOwn.blocked(() -> first.set(writer.close(SECOND)));
    assertThat(writer.close(Duration.ZERO).waiting()).containsExactlyElementsOf(items(5));
    assertThat(closing.outcome()).isNull();
    assertThat(first.get().isEmpty()).isTrue();
  }

  @Test
  void aSinkCannotCloseTheWriterThatCallsIt() {
    var thrown = new CompletableFuture<Throwable>();
    var self = new AtomicReference<BatchWriter<String>>();
    BatchWriter<String> writer =
        BatchWriter.<String>builder(
                batch ->
                    assertThatThrownBy(() -> self.get().close(SECOND))
                        .isInstanceOf(IllegalStateException.class)
                        .satisfies(thrown::complete))
            .retryable(failure -> false)
            .onRejected((item, cause) -> {})
            .executor(Runnable::run)
            .timer(shop.timer)
            .build();
    self.set(writer);
    offerAll(writer, List.of("a"));
    assertThat(writer.flush()).isCompleted();
    assertThat(thrown).isCompleted();
    assertThat(writer.offer("b")).isTrue();
    writer.close();
    assertThat(writer.stats().written()).isEqualTo(2);
  }

  @Test
  void withTheTimeOfTheSystemAgeAndRetryComeByThemselvesAndNoThreadIsLeft() throws Exception {
    var threads = new ArrayList<Thread>();
    BatchWriter<String> writer =
        BatchWriter.<String>builder(batch -> threads.add(Thread.currentThread()))
            .retryable(failure -> false)
            .onRejected((item, cause) -> {})
            .maxAge(Duration.ofMillis(1))
            .executor(Runnable::run)
            .build();
    writer.add("a", SECOND);
    while (writer.stats().written() == 0) {
      Thread.onSpinWait();
    }
    writer.close();
    assertThat(threads).hasSize(1);
    Thread timer = threads.getFirst();
    assertThat(timer.getName()).isEqualTo("batch-timer");
    assertThat(timer.join(Duration.ofSeconds(20))).isTrue();
  }
}
