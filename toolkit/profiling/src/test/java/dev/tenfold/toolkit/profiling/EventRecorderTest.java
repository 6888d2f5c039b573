package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventRecorderTest {
  private static final Duration THRESHOLD = Duration.ofMillis(1);

  private final WorkFolder folder = new WorkFolder();
  private Instant now = Instant.EPOCH;

  @AfterEach
  void delete() {
    folder.delete();
  }

  @Test
  void nothingIsRecordedUntilItIsAskedForAndNotForLongAfterThat() throws Exception {
    EventRecorder events = new EventRecorder(folder, THRESHOLD, false, () -> now);
    assertThat(events.isRecording()).isFalse();
    events.limit();
    events.take(Snapshot.MUTEX);
    assertThat(events.isRecording()).isTrue();

    now = now.plus(EventRecorder.UNTIL_IDLE);
    events.limit();
    assertThat(events.isRecording()).isTrue();
    events.take(Snapshot.BLOCK);

    now = now.plus(EventRecorder.UNTIL_IDLE).plusSeconds(1);
    events.limit();
    assertThat(events.isRecording()).isFalse();
    assertThat(events.take(Snapshot.MUTEX).comments())
        .singleElement()
        .asString()
        .contains("the recording began with this request");
    events.stop();
    assertThat(events.isRecording()).isFalse();
  }

  @Test
  void whatIsRecordedAlwaysGoesOn() throws Exception {
    EventRecorder events = new EventRecorder(folder, THRESHOLD, true, () -> now);
    events.begin(Snapshot.MUTEX);
    now = now.plus(Duration.ofDays(1));
    events.limit();
    assertThat(events.isRecording()).isTrue();
    events.stop();
  }

  @Test
  void noWaitIsLostOrCountedTwiceWhenAFileIsBegunAnew() throws Exception {
    EventRecorder events = new EventRecorder(folder, THRESHOLD, false, () -> now, 0);
    events.take(Snapshot.BLOCK);
    Thread parks = Thread.ofPlatform().start(EventRecorderTest::parkAHundredTimes);
    do {
      events.limit();
    } while (!parks.join(Duration.ofMillis(20)));

    long parked =
        events.take(Snapshot.BLOCK).samples().entrySet().stream()
            .filter(entry -> isParkHere(entry.getKey().stack()))
            .mapToLong(entry -> entry.getValue()[0])
            .sum();
    assertThat(parked).isEqualTo(100);
    events.stop();
  }

  private static boolean isParkHere(Stack stack) {
    return stack.frames().stream()
        .anyMatch(frame -> frame.function().endsWith(".parkAHundredTimes"));
  }

  private static void parkAHundredTimes() {
    for (int i = 0; i < 100; i++) {
      LockSupport.parkNanos(2_000_000);
    }
  }
}
