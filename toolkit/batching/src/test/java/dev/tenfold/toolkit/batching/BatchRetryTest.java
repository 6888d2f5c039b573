package dev.tenfold.toolkit.batching;

import static dev.tenfold.toolkit.batching.Workshop.items;
import static dev.tenfold.toolkit.batching.Workshop.offerAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.testkit.CapturedLog;
import dev.tenfold.toolkit.batching.Workshop.Hiccup;
import dev.tenfold.toolkit.batching.Workshop.Poison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a batch that cannot be written as it is. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BatchRetryTest {

  private static final Backoff BACKOFF =
      new Backoff(4, Duration.ofMillis(10), Duration.ofMillis(25));

  private final Workshop shop = new Workshop();

  private BatchWriterBuilder<String> builder() {
    return shop.inlineBuilder().batchItems(4).pendingItems(100).backoff(BACKOFF);
  }

  @Test
  void aFailureThatPassesHasTheSameItemsWrittenAgainAfterLongerAndLongerWaits() {
    var writer = builder().build();
    shop.failures.addAll(List.of(new Hiccup(), new Hiccup(), new Hiccup()));
    offerAll(writer, items(4));
    for (int millis : List.of(10, 20, 25)) {
      assertThat(shop.timer.toNext()).isEqualTo(Duration.ofMillis(millis));
      shop.timer.advance(Duration.ofMillis(millis));
    }
    assertThat(shop.tried).hasSize(4).containsOnly(items(4));
    assertThat(shop.written).containsExactly(items(4));
    assertThat(writer.stats()).isEqualTo(new BatchStats(4, 0, 4, 0, 0, 1, 3, 0, 0));
  }

  @Test
  void theWaitIsAnyTimeUpToItsBound() {
    var random = new SplittableRandom(42);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      waits.add(BACKOFF.delayNanos(2, random));
    }
    long bound = Duration.ofMillis(20).toNanos();
    assertThat(waits).allMatch(wait -> wait >= 0 && wait <= bound);
    assertThat(Collections.min(waits)).isLessThan(bound / 100);
    assertThat(Collections.max(waits)).isGreaterThan(bound - bound / 100);
  }

  @Test
  void theBoundOfAWaitDoesNotOverflow() {
    var patient =
        new Backoff(Integer.MAX_VALUE, Duration.ofNanos(3), Duration.ofSeconds(Long.MAX_VALUE));
    RandomGenerator noLuck = Workshop.NO_LUCK;
    assertThat(patient.delayNanos(1, noLuck)).isEqualTo(3);
    assertThat(patient.delayNanos(2, noLuck)).isEqualTo(6);
    assertThat(patient.delayNanos(Integer.MAX_VALUE, noLuck)).isEqualTo(Long.MAX_VALUE / 2);
  }

  @Test
  void whenTheTriesAreUsedUpTheItemsAreRejectedWithTheLastCauseAndTheNextBatchFollows() {
    var writer = builder().build();
    var last = new Hiccup();
    shop.failures.addAll(List.of(new Hiccup(), new Hiccup(), new Hiccup(), last));
    offerAll(writer, items(8));
    shop.timer.advance(Duration.ofSeconds(1));
    assertThat(shop.rejectedItems()).containsExactlyElementsOf(items(4));
    assertThat(shop.rejected).allMatch(rejection -> rejection.cause() == last);
    assertThat(shop.written).containsExactly(items(8).subList(4, 8));
    assertThat(writer.stats()).isEqualTo(new BatchStats(8, 0, 4, 4, 0, 2, 3, 0, 0));
  }

  @Test
  void aBatchThatWaitsForItsRetryHoldsUpTheNext() {
    var writer = builder().build();
    shop.failures.add(new Hiccup());
    offerAll(writer, items(12));
    assertThat(shop.tried).hasSize(1);
    shop.timer.advance(Duration.ofMillis(10));
    assertThat(shop.writtenItems()).containsExactlyElementsOf(items(12));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 1022, 1023})
  void aPoisonItemIsFoundInFewWritesAndTheOthersAreWrittenInOrder(int place) {
    var writer = builder().batchItems(1024).pendingItems(1024).build();
    List<String> items = items(1024);
    items.set(place, "poison");
    offerAll(writer, items);
    items.remove(place);
    assertThat(shop.rejectedItems()).containsExactly("poison");
    assertThat(shop.rejected.getFirst().cause()).isInstanceOf(Poison.class);
    assertThat(shop.writtenItems()).containsExactlyElementsOf(items);
    assertThat(shop.tried).hasSizeLessThanOrEqualTo(1 + 2 * 10);
    assertThat(writer.stats().retries()).isZero();
  }

  @Test
  void whereverPoisonItemsAreTheyAndOnlyTheyAreRejected() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      var fresh = new Workshop();
      int size = random.nextInt(1, 40);
      var writer = fresh.inlineBuilder().batchItems(16).pendingItems(100).backoff(BACKOFF).build();
      List<String> good = new ArrayList<>();
      List<String> poison = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boolean bad = random.nextInt(4) == 0;
        String item = (bad ? "poison" : "item") + i;
        (bad ? poison : good).add(item);
        if (random.nextInt(5) == 0) {
          fresh.failures.add(new Hiccup());
        }
        offerAll(writer, List.of(item));
      }
      var flush = writer.flush();
      fresh.timer.advance(Duration.ofHours(1));
      assertThat(flush).isCompleted();
      List<String> ended = new ArrayList<>(fresh.writtenItems());
      ended.addAll(fresh.rejectedItems());
      assertThat(ended).doesNotHaveDuplicates().hasSize(size);
      if (fresh.rejected.stream().allMatch(rejection -> rejection.cause() instanceof Poison)) {
        assertThat(fresh.writtenItems()).containsExactlyElementsOf(good);
        assertThat(fresh.rejectedItems()).containsExactlyElementsOf(poison);
      }
    }
  }

  @Test
  void aFailureThatPassesIsRetriedForThePartOfABatchToo() {
    var writer = builder().build();
    shop.failures.addAll(List.of(new Poison("one of them"), new Hiccup()));
    offerAll(writer, List.of("a", "poison", "b", "c"));
    assertThat(shop.tried)
        .containsExactly(List.of("a", "poison", "b", "c"), List.of("a", "poison"));
    shop.timer.advance(Duration.ofMillis(10));
    assertThat(shop.writtenItems()).containsExactly("a", "b", "c");
    assertThat(shop.rejectedItems()).containsExactly("poison");
  }

  @Test
  void anErrorOfTheSinkIsAFailureLikeOthers() {
    var writer = builder().build();
    var error = new StackOverflowError("on purpose");
    shop.failures.add(error);
    offerAll(writer, List.of("a"));
    var flush = writer.flush();
    assertThat(flush).isCompleted();
    assertThat(shop.rejected).containsExactly(new Workshop.Rejection("a", error));
    offerAll(writer, items(4));
    assertThat(shop.writtenItems()).containsExactlyElementsOf(items(4));
  }

  @Test
  void anInterruptOfAWriteSaysNothingAboutTheItemsAndIsLeftToTheExecutor() {
    var writer = builder().retryable(failure -> false).build();
    shop.failures.add(new InterruptedException("on purpose"));
    offerAll(writer, items(4));
    assertThat(Thread.interrupted()).isTrue();
    shop.timer.advance(Duration.ofMillis(10));
    assertThat(shop.written).containsExactly(items(4));
  }

  @Test
  void aRetryableThatFailsCountsAsNo() {
    var writer =
        builder()
            .retryable(
                failure -> {
                  throw new IllegalStateException("on purpose");
                })
            .build();
    try (var log = new CapturedLog("dev.tenfold.toolkit.batching")) {
      offerAll(writer, List.of("a", "b", "c", "poison"));
      assertThat(log.messages()).containsOnly("retryable failed, which counts as no");
    }
    assertThat(shop.writtenItems()).containsExactly("a", "b", "c");
    assertThat(shop.rejectedItems()).containsExactly("poison");
  }

  @Test
  void aListenerThatFailsIsLoggedAndStopsNothing() {
    var told = new ArrayList<String>();
    var writer =
        builder()
            .onRejected(
                (item, cause) -> {
                  told.add(item);
                  throw new AssertionError("of the listener");
                })
            .build();
    try (var log = new CapturedLog("dev.tenfold.toolkit.batching")) {
      offerAll(writer, List.of("poison1", "a", "poison2", "b"));
      assertThat(log.messages()).containsExactly("the listener failed", "the listener failed");
    }
    assertThat(told).containsExactly("poison1", "poison2");
    assertThat(shop.writtenItems()).containsExactly("a", "b");
    assertThat(writer.stats()).isEqualTo(new BatchStats(4, 0, 2, 2, 0, 1, 0, 0, 0));
  }

  @Test
  void anExecutorThatRefusesIsAskedAgainUntilItTakesTheBatch() {
    var refusals = new AtomicInteger(20);
    var writer =
        builder()
            .executor(
                task -> {
                  if (refusals.getAndDecrement() > 0) {
                    throw new RejectedExecutionException("on purpose");
                  }
                  task.run();
                })
            .build();
    try (var log = new CapturedLog("dev.tenfold.toolkit.batching")) {
      offerAll(writer, items(8));
      assertThat(shop.timer.toNext()).isEqualTo(Duration.ofMillis(10));
      shop.timer.advance(Duration.ofSeconds(1));
      assertThat(log.messages())
          .containsExactly("the executor still refuses a batch, which is kept");
    }
    assertThat(shop.written).containsExactly(items(8).subList(0, 4), items(8).subList(4, 8));
    assertThat(writer.stats().retries()).isZero();
  }

  @Test
  void anExecutorThatRunsABatchAndThrowsWritesItOnce() {
    var writer =
        builder()
            .executor(
                task -> {
                  task.run();
                  throw new RejectedExecutionException("on purpose");
                })
            .build();
    offerAll(writer, items(8));
    shop.timer.advance(Duration.ofSeconds(1));
    assertThat(shop.tried).containsExactly(items(8).subList(0, 4), items(8).subList(4, 8));
  }

  @Test
  void anExecutorThatRunsATaskTwiceWritesItOnce() {
    var writer = builder().executor(shop.tasks::add).build();
    offerAll(writer, items(4));
    Runnable task = shop.tasks.remove();
    task.run();
    task.run();
    assertThat(shop.tried).containsExactly(items(4));
  }
}
