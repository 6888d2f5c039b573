package dev.tenfold.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MonthlyUnitsTest {
  private static final Instant FEBRUARY = Instant.parse("2028-02-29T23:59:59.999Z");

  private Instant now = FEBRUARY;
  private final MonthlyUnits month = new MonthlyUnits(() -> now);

  @Test
  void soManyAMonthAndNoMore() {
    assertThat(month.take(60, 100)).isZero();
    assertThat(month.take(41, 100)).isPositive();
    assertThat(month.take(40, 100)).isZero();
    assertThat(month.take(1, 100)).isPositive();
    assertThat(month.take(0, 100)).as("what costs nothing").isZero();
  }

  @Test
  void theWaitEndsWithTheMonthInUtc() {
    now = Instant.parse("2028-02-01T00:00:00Z");
    MonthlyUnits leap = new MonthlyUnits(() -> now);
    assertThat(leap.take(2, 1)).isEqualTo(Duration.ofDays(29).toNanos());
    assertThat(month.take(2, 1)).isEqualTo(Duration.ofDays(29).toNanos());
    now = FEBRUARY;
    assertThat(month.take(2, 1)).isEqualTo(Duration.ofMillis(1).toNanos());
  }

  @Test
  void aNewMonthBeginsWithNothing() {
    assertThat(month.take(100, 100)).isZero();
    now = FEBRUARY.plusMillis(1);
    assertThat(month.take(100, 100)).isZero();
    assertThat(month.take(1, 100)).isEqualTo(Duration.ofDays(31).toNanos());
    now = Instant.parse("2029-01-01T00:00:00Z");
    assertThat(month.take(100, 100)).isZero();
    assertThat(month.take(1, 100)).isPositive();
  }

  @Test
  void aClockThatIsSetBackGivesNothingBack() {
    now = FEBRUARY.plusMillis(1);
    assertThat(month.take(100, 100)).isZero();
    now = FEBRUARY.minus(Duration.ofDays(400));
    assertThat(month.take(1, 100)).isPositive();
    now = FEBRUARY.plus(Duration.ofDays(1));
    assertThat(month.take(1, 100)).isPositive();
  }

  @Test
  void whatWasUsedBeforeIsAddedToItsMonthOnly() {
    assertThat(month.take(10, 100)).isZero();
    month.add(FEBRUARY, 60);
    assertThat(month.take(31, 100)).isPositive();
    assertThat(month.take(30, 100)).isZero();
    now = FEBRUARY.plusMillis(1);
    assertThat(month.take(1, 100)).isZero();
    month.add(FEBRUARY, 60);
    assertThat(month.take(99, 100)).as("that was another month").isZero();
  }

  @Test
  void moreThanTheLimitMayHaveBeenUsedBefore() {
    month.add(now, 1_000_000_000_000_000L);

    assertThat(month.take(1, 100)).isPositive();
    assertThat(month.take(1, 1_000_000_000_000_000L)).isPositive();
    assertThat(month.take(1, 1_000_000_000_000_001L)).isZero();
  }

  @Test
  void manyThreadsTakeExactlyWhatIsThere() throws Exception {
    int threads = 4;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        counts.add(pool.submit((Callable<Integer>) this::taken));
      }
      int sum = 0;
      for (Future<Integer> count : counts) {
        sum += count.get(30, TimeUnit.SECONDS);
      }
      assertThat(sum).isEqualTo(50_000);
    }
  }

  private int taken() {
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      taken += month.take(2, 100_000) == 0 ? 1 : 0;
    }
    return taken;
  }
}
