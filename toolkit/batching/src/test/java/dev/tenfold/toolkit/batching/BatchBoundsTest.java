package dev.tenfold.toolkit.batching;

import static dev.tenfold.toolkit.batching.Workshop.items;
import static dev.tenfold.toolkit.batching.Workshop.offerAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenfold.testkit.OnItsOwn;
import dev.tenfold.toolkit.batching.ItemRefusedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much is taken, and what becomes of what is not. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class BatchBoundsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Workshop shop = new Workshop();

  private BatchWriterBuilder<String> builder() {
    return shop.builder().batchItems(2).batchBytes(10).pendingItems(4).pendingBytes(15);
  }

  @Test
  void theBoundOnItemsIsExactAndCountsWhatIsBeingWritten() {
    var writer = builder().build();
    offerAll(writer, List.of("a", "b", "c", "d"));
    assertThat(writer.offer("e")).isFalse();
    shop.tasks.remove().run();
    offerAll(writer, List.of("e", "f"));
    assertThat(writer.offer("g")).isFalse();
    assertThat(writer.stats()).isEqualTo(new BatchStats(6, 2, 2, 0, 0, 2, 0, 4, 4));
  }

  @Test
  void theBoundOnBytesIsExactAndCountsWhatIsBeingWritten() {
    var writer = builder().build();
    offerAll(writer, List.of("1234567890", "12345"));
    assertThat(writer.offer("1")).isFalse();
    assertThat(writer.offer("")).isTrue();
    shop.runTasks();
    assertThat(writer.offer("1234567890")).isTrue();
  }

  @Test
  void anItemTooLargeForABatchIsRefusedWithItsSizeAndTheLimit() {
    var writer = builder().build();
    for (OnItsOwn.Action adding :
        List.<OnItsOwn.Action>of(
            () -> writer.offer("12345678901"), () -> writer.add("12345678901", SECOND))) {
      assertThatThrownBy(adding::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an item of 11 bytes is over the 10 bytes of a batch");
    }
    assertThat(writer.offer("1234567890")).isTrue();
  }

  @Test
  void aNegativeWeightIsRefused() {
    var writer = builder().weigher(item -> -7).build();
    assertThatThrownBy(() -> writer.offer("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weight of an item must not be negative: -7");
    assertThat(writer.stats().pendingItems()).isZero();
  }

  @Test
  void whenThereIsNoRoomWhatIsThereIsWrittenAtOnce() {
    var writer = builder().build();
    offerAll(writer, List.of("123456789"));
    assertThat(shop.tasks).isEmpty();
    assertThat(writer.offer("1234567")).isFalse();
    shop.runTasks();
    assertThat(shop.written).containsExactly(List.of("123456789"));
    assertThat(writer.offer("1234567")).isTrue();
  }

  @Test
  void anAddWaitsUntilThereIsRoom() {
    var writer = builder().build();
    offerAll(writer, items(2));
    assertThat(writer.offer("other")).isTrue();
    var adding = OnItsOwn.blocked(() -> writer.add("waited", SECOND));
    shop.tasks.remove().run();
    assertThat(adding.outcome()).isNull();
    assertThat(writer.stats().added()).isEqualTo(4);
    assertThat(writer.stats().refused()).isZero();
  }

  @Test
  void anAddThatFindsNoRoomInTimeIsRefusedAndSaysWhatIsHeld() {
    var writer = builder().build();
    offerAll(writer, List.of("12345", "67890", "abc"));
    var adding = OnItsOwn.blocked(() -> writer.add("defgh", SECOND));
    shop.timer.advance(SECOND.minusNanos(1));
    assertThat(adding.ending()).isNotDone();
    shop.timer.advance(Duration.ofNanos(1));
    assertThat(adding.outcome())
        .isInstanceOf(ItemRefusedException.class)
        .hasMessage(
            "no room for an item of 5 bytes within PT1S:"
                + " 3 of 4 items and 13 of 15 bytes are pending")
        .extracting("reason")
        .isEqualTo(Reason.FULL);
    assertThat(writer.stats().refused()).isEqualTo(1);
  }

  @Test
  void anAddWithNoTimeDoesNotWait() {
    var writer = builder().build();
    offerAll(writer, items(2));
    for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> writer.add("123456", time)).hasMessageStartingWith("no room");
    }
  }

  @Test
  void anAddThatWaitsEndsWithAnInterruptAndTheNextOneComesUp() {
    var writer = builder().build();
    offerAll(writer, List.of("1234567890", "123"));
    var large = OnItsOwn.blocked(() -> writer.add("12345", SECOND));
    var small = OnItsOwn.blocked(() -> writer.add("12", SECOND));
    large.thread().interrupt();
    assertThat(large.outcome()).isInstanceOf(InterruptedException.class);
    assertThat(small.outcome()).isNull();
    assertThat(writer.stats().pendingBytes()).isEqualTo(15);
  }

  @Test
  void nobodyOvertakesALargeItemThatWaits() {
    var writer = builder().build();
    offerAll(writer, List.of("1234567890"));
    assertThat(writer.offer("12")).isTrue();
    var large = OnItsOwn.blocked(() -> writer.add("12345", SECOND));
    assertThat(writer.offer("1")).isFalse();
    shop.tasks.remove().run();
    assertThat(large.outcome()).isNull();
    assertThat(writer.offer("1")).isTrue();
  }

  @Test
  void theSecondWhoWaitsDoesNotWaitForAnAge() {
    var writer = builder().build();
    offerAll(writer, List.of("1234567890", "123"));
    var first = OnItsOwn.blocked(() -> writer.add("12345678", SECOND));
    var second = OnItsOwn.blocked(() -> writer.add("1234567890", SECOND));
    shop.tasks.remove().run();
    while (!second.ending().isDone()) {
      shop.runTasks();
    }
    assertThat(first.outcome()).isNull();
    assertThat(second.outcome()).isNull();
    assertThat(shop.writtenItems()).startsWith("1234567890", "123", "12345678");
  }

  @Test
  void nothingIsTakenAfterAClose() {
    var writer = builder().build();
    writer.close();
    assertThat(writer.offer("a")).isFalse();
    assertThatThrownBy(() -> writer.add("a", SECOND))
        .isInstanceOf(ItemRefusedException.class)
        .hasMessage("batch writer is closed")
        .extracting("reason")
        .isEqualTo(Reason.CLOSED);
    assertThat(writer.stats()).isEqualTo(new BatchStats(0, 2, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void anAddThatWaitsIsRefusedWhenACloseBegins() {
    var writer = builder().build();
    offerAll(writer, List.of("1234567890", "12345"));
    var adding = OnItsOwn.blocked(() -> writer.add("late", SECOND));
    assertThat(writer.close(Duration.ZERO).all()).containsExactly("1234567890", "12345");
    assertThat(adding.outcome()).hasMessage("batch writer is closed");
  }

  @Test
  void optionsOutOfRangeAreRefusedWithTheValue() {
    var builder = shop.builder();
    assertThatThrownBy(() -> builder.batchItems(0))
        .hasMessage("batchItems must be at least 1, not 0");
    assertThatThrownBy(() -> builder.batchBytes(0))
        .hasMessage("batchBytes must be at least 1, not 0");
    assertThatThrownBy(() -> builder.pendingItems(-1))
        .hasMessage("pendingItems must be at least 1, not -1");
    assertThatThrownBy(() -> builder.pendingBytes(0))
        .hasMessage("pendingBytes must be at least 1, not 0");
    assertThatThrownBy(() -> builder.concurrency(0))
        .hasMessage("concurrency must be at least 1, not 0");
    assertThatThrownBy(() -> builder.maxAge(Duration.ofNanos(-1)))
        .hasMessage("maxAge must not be negative, was PT-0.000000001S");
    assertThatThrownBy(() -> builder.closeTimeout(Duration.ofSeconds(-1)))
        .hasMessage("closeTimeout must not be negative, was PT-1S");
    assertThatThrownBy(() -> new Backoff(0, SECOND, SECOND))
        .hasMessage("tries must be at least 1, not 0");
    assertThatThrownBy(() -> new Backoff(1, Duration.ZERO, SECOND))
        .hasMessage("first must be positive, not PT0S");
    assertThatThrownBy(() -> new Backoff(1, SECOND, Duration.ofMillis(1)))
        .hasMessage("longest must be at least PT1S, not PT0.001S");
    assertThatThrownBy(() -> shop.builder().batchItems(5).pendingItems(4).build())
        .hasMessage("batchItems 5 is more than pendingItems 4");
    assertThatThrownBy(() -> shop.builder().batchBytes(5).pendingBytes(4).build())
        .hasMessage("batchBytes 5 is more than pendingBytes 4");
    assertThatThrownBy(() -> BatchWriter.builder(batch -> {}).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("retryable and onRejected must be given");
  }
}
