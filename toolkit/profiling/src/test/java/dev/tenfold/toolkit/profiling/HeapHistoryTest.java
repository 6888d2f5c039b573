package dev.tenfold.toolkit.profiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapHistoryTest {
  private static final int N = 1 << 19;
  private static final Sample BYTES = sample("a", "[B");
  private static final Sample TEXT = sample("b", "java.lang.String");

  private final HeapHistory history = new HeapHistory(N);

  @Test
  void aSmallObjectStandsForAsManyAsFitIntoASample() {
    history.allocated(BYTES, 1024);
    assertThat(values(BYTES)[0]).isCloseTo(512, within(2L));
    assertThat(values(BYTES)[1]).isCloseTo(N, within(1024L));
  }

  @Test
  void aLargeObjectStandsForItself() {
    history.allocated(BYTES, 64L * N);
    assertThat(values(BYTES)).startsWith(1, 64L * N);
  }

  @Test
  void whatWasInUseIsCarriedOverAsFarAsItsClassIsStillThere() {
    history.live(BYTES, 100L * N);
    history.live(TEXT, 100L * N);
    history.endSession(Map.of());
    history.endSession(Map.of("[B", 25L * N));
    assertThat(values(BYTES)[3]).isEqualTo(25L * N);
    assertThat(history.samples()).doesNotContainKey(TEXT);
  }

  @Test
  void whatIsNewInASessionGoesBeforeWhatWasCarriedOver() {
    Sample other = sample("c", "[B");
    history.live(BYTES, 100L * N);
    history.endSession();
    history.live(other, 60L * N);
    history.endSession(Map.of("[B", 100L * N));
    assertThat(values(other)[3]).isEqualTo(60L * N);
    assertThat(values(BYTES)[3]).isEqualTo(40L * N);
  }

  @Test
  void stacksWithoutNumberAreCountedTogether() {
    for (int i = 0; i < 2 * HeapHistory.MOST_SAMPLES; i++) {
      history.allocated(sample("f" + i, "class" + i), 64L * N);
    }
    assertThat(history.samples()).hasSize(HeapHistory.MOST_SAMPLES + 1);
    long sum = history.samples().values().stream().mapToLong(values -> values[1]).sum();
    assertThat(sum).isEqualTo(2L * HeapHistory.MOST_SAMPLES * 64 * N);
  }

  private long[] values(Sample sample) {
    return history.samples().getOrDefault(sample, new long[0]);
  }

  private static Sample sample(String function, String label) {
    return new Sample(new Stack(List.of(new Frame(function, "", 0))), label);
  }
}
