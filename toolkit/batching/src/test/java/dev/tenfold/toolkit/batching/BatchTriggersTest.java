package dev.tenfold.toolkit.batching;

import static dev.tenfold.toolkit.batching.Workshop.items;
import static dev.tenfold.toolkit.batching.Workshop.offerAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a batch is written, and with what in it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BatchTriggersTest {

  private static final Duration AGE = Duration.ofMillis(100);

  private final Workshop shop = new Workshop();

  private BatchWriterBuilder<String> builder() {
    return shop.inlineBuilder().batchItems(3).batchBytes(30).maxAge(AGE);
  }

  @Test
  void aBatchIsWrittenWhenItHasItsFullNumberOfItems() {
    var writer = builder().build();
    offerAll(writer, List.of("a", "b"));
    assertThat(shop.tried).isEmpty();
    offerAll(writer, List.of("c", "d"));
    assertThat(shop.written).containsExactly(List.of("a", "b", "c"));
    assertThat(writer.stats()).isEqualTo(new BatchStats(4, 0, 3, 0, 0, 1, 0, 1, 1));
  }

  @Test
  void aBatchIsWrittenWhenItHasItsFullNumberOfBytesAndNeverHasMore() {
    var writer = builder().build();
    offerAll(writer, List.of("12345678901234567890", "1234567890"));
    assertThat(shop.written).containsExactly(List.of("12345678901234567890", "1234567890"));

    offerAll(writer, List.of("12345678901234567890", "12345678901"));
    assertThat(shop.written).last().isEqualTo(List.of("12345678901234567890"));
    assertThat(writer.stats().pendingBytes()).isEqualTo(11);
  }

  @Test
  void aBatchIsWrittenWhenItsOldestItemHasItsAge() {
    var writer = builder().build();
    offerAll(writer, List.of("a"));
    shop.timer.advance(AGE.dividedBy(2));
    offerAll(writer, List.of("b"));
    shop.timer.advance(AGE.dividedBy(2).minusNanos(1));
    assertThat(shop.tried).isEmpty();
    shop.timer.advance(Duration.ofNanos(1));
    assertThat(shop.written).containsExactly(List.of("a", "b"));
  }

  @Test
  void anAgeThatComesAfterTheBatchIsFullWritesNothingTwiceAndNothingEmpty() {
    var writer = builder().build();
    offerAll(writer, List.of("a"));
    shop.timer.advance(AGE.minusNanos(1));
    offerAll(writer, List.of("b", "c"));
    shop.timer.advance(Duration.ofNanos(1));
    assertThat(shop.tried).containsExactly(List.of("a", "b", "c"));

    offerAll(writer, List.of("d"));
    shop.timer.advance(AGE.minusNanos(1));
    assertThat(shop.tried).hasSize(1);
    shop.timer.advance(Duration.ofNanos(1));
    assertThat(shop.tried).containsExactly(List.of("a", "b", "c"), List.of("d"));
    shop.timer.advance(AGE.multipliedBy(10));
    assertThat(shop.tried).hasSize(2);
    assertThat(shop.timer.scheduled()).isZero();
  }

  @Test
  void withNoAgeEachItemIsWrittenAtOnce() {
    var writer = builder().maxAge(Duration.ZERO).build();
    offerAll(writer, List.of("a", "b"));
    assertThat(shop.written).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void whatComesWhileABatchIsWrittenGathersForTheNext() {
    var writer = builder().executor(shop.tasks::add).build();
    offerAll(writer, List.of("a", "b", "c", "d", "e", "f", "g"));
    assertThat(shop.tasks).hasSize(1);
    shop.tasks.remove().run();
    assertThat(shop.tasks).hasSize(1);
    shop.runTasks();
    assertThat(shop.written).containsExactly(List.of("a", "b", "c"), List.of("d", "e", "f"));

    shop.timer.advance(AGE);
    shop.runTasks();
    assertThat(shop.written).last().isEqualTo(List.of("g"));
  }

  @Test
  void asManyBatchesAsAllowedAreUnderWayAtATime() {
    var writer = builder().executor(shop.tasks::add).concurrency(2).build();
    offerAll(writer, items(9));
    assertThat(shop.tasks).hasSize(2);
    assertThat(writer.stats().batches()).isEqualTo(2);
    shop.runTasks();
    assertThat(shop.writtenItems()).containsExactlyElementsOf(items(9));
  }

  @Test
  void anExecutorThatRunsAtOnceDoesNotGrowTheStack() {
    var writer = builder().batchItems(1).pendingItems(100_000).pendingBytes(1 << 20).build();
    shop.failures.add(new Workshop.Hiccup());
    offerAll(writer, items(20_000));
    shop.timer.advance(Duration.ofSeconds(1));
    assertThat(shop.writtenItems()).containsExactlyElementsOf(items(20_000));
  }

  @Test
  void aFlushWritesWhatWasAddedBeforeAndIsDoneThen() {
    var writer = builder().executor(shop.tasks::add).build();
    offerAll(writer, List.of("a"));
    var flush = writer.flush();
    offerAll(writer, List.of("b"));
    assertThat(flush).isNotDone();
    shop.runTasks();
    assertThat(flush).isCompleted();
    assertThat(shop.written).containsExactly(List.of("a"));
    assertThat(writer.stats().pendingItems()).isEqualTo(1);
  }

  @Test
  void aFlushOfNothingIsDone() {
    var writer = builder().build();
    assertThat(writer.flush()).isCompleted();
    offerAll(writer, items(3));
    assertThat(writer.flush()).isCompleted();
    assertThat(shop.tried).hasSize(1);
  }

  @Test
  void aFlushWaitsForBatchesThatAreUnderWayInWhateverOrderTheyEnd() {
    var writer = builder().executor(shop.tasks::add).concurrency(2).build();
    offerAll(writer, items(6));
    var flush = writer.flush();
    Runnable first = shop.tasks.remove();
    shop.tasks.remove().run();
    assertThat(flush).isNotDone();
    first.run();
    assertThat(flush).isCompleted();
  }

  @Test
  void aFlushIsDoneOnlyAfterARetryAndAfterTheListenerWasTold() {
    var writer = builder().build();
    offerAll(writer, List.of("a", "poison"));
    shop.failures.add(new Workshop.Hiccup());
    var toldAtTheEnd = writer.flush().thenApply(done -> shop.rejectedItems());
    assertThat(toldAtTheEnd).isNotDone();
    shop.timer.advance(Duration.ofSeconds(1));
    assertThat(toldAtTheEnd).isCompletedWithValue(List.of("poison"));
    assertThat(shop.writtenItems()).containsExactly("a");
  }
}
