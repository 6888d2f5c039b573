package dev.tenfold.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

  private static final long LONGEST_NANOS = 1L << 37;

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
  private final RequestMetrics metrics = new RequestMetrics(clock::get);

  private void record(long nanos, boolean error) {
    long start = metrics.start();
    clock.addAndGet(nanos);
    metrics.finish(start, error);
  }

  @Test
  void beforeTheFirstRequestAllFiguresAreZero() {
    var snapshot = metrics.snapshot();

    assertThat(snapshot.requestCount()).isZero();
    assertThat(snapshot.errorRate()).isZero();
    assertThat(snapshot.averageLatencyNanos()).isZero();
    assertThat(snapshot.percentile(99)).isZero();
    assertThat(snapshot.activeRequests()).isZero();
  }

  @Test
  void requestsErrorsAndLatenciesAreCounted() {
    record(1000, false);
    record(2000, true);
    record(6000, false);
    record(3000, false);
    var snapshot = metrics.snapshot();

    assertThat(snapshot.requestCount()).isEqualTo(4);
    assertThat(snapshot.errorCount()).isEqualTo(1);
    assertThat(snapshot.errorRate()).isEqualTo(0.25);
    assertThat(snapshot.sumNanos()).isEqualTo(12_000);
    assertThat(snapshot.averageLatencyNanos()).isEqualTo(3000);
  }

  @Test
  void aRequestIsActiveUntilItIsFinished() {
    long first = metrics.start();
    long second = metrics.start();
    assertThat(metrics.snapshot().activeRequests()).isEqualTo(2);
    assertThat(metrics.inFlight()).isEqualTo(2);
    assertThat(metrics.snapshot().requestCount()).isZero();

    metrics.finish(first, false);
    assertThat(metrics.snapshot().activeRequests()).isEqualTo(1);
    metrics.finish(second, true);
    assertThat(metrics.snapshot().activeRequests()).isZero();
  }

  @Test
  void aRequestThatIsOverAlreadyCountsAsOneThatStartedAndFinished() {
    record(1000, false);
    metrics.record(2000);
    metrics.record(-5);
    var snapshot = metrics.snapshot();

    assertThat(snapshot.requestCount()).isEqualTo(3);
    assertThat(snapshot.errorCount()).isZero();
    assertThat(snapshot.activeRequests()).isZero();
    assertThat(snapshot.sumNanos()).isEqualTo(3000);
  }

  @Test
  void aRequestMayFinishOnAnotherThread() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      long start = metrics.start();
      var thread = new Thread(() -> metrics.finish(start, false));
      thread.start();
      thread.join();
    }

    assertThat(metrics.snapshot().requestCount()).isEqualTo(100);
    assertThat(metrics.snapshot().activeRequests()).isZero();
  }

  @Test
  void aSnapshotDoesNotChange() {
    record(1000, false);
    var snapshot = metrics.snapshot();
    record(9000, true);

    assertThat(snapshot.requestCount()).isEqualTo(1);
    assertThat(snapshot.percentile(100)).isCloseTo(1000, Percentage.withPercentage(1.6));
  }

  @Test
  void aClockThatGoesBackwardsCountsAsNoTime() {
    record(-5000, false);

    assertThat(metrics.snapshot().sumNanos()).isZero();
    assertThat(metrics.snapshot().percentile(100)).isZero();
  }

  @Test
  void percentilesAreWithin1Point6PercentOfTheExactOnes() {
    var random = new Random(7);
    long[] latencies = new long[100_000];
    for (int i = 0; i < latencies.length; i++) {
      // evenly over the magnitudes from 1 microsecond to 100 seconds
      latencies[i] = (long) Math.pow(10, 3 + 8 * random.nextDouble());
      record(latencies[i], false);
    }
    Arrays.sort(latencies);
    var snapshot = metrics.snapshot();

    for (double percent : new double[] {0, 0.001, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100}) {
      int rank = (int) Math.max(1, Math.ceil(percent / 100 * latencies.length));
      assertThat(snapshot.percentile(percent))
          .as("percentile " + percent)
          .isCloseTo(latencies[rank - 1], Percentage.withPercentage(1.6));
    }
  }

  @Test
  void aLatencyBeyondTheLastBucketCountsInIt() {
    record(LONGEST_NANOS * 10, false);
    record(Long.MAX_VALUE, false);

    assertThat(metrics.snapshot().requestCount()).isEqualTo(2);
    assertThat(metrics.snapshot().percentile(50))
        .isCloseTo(LONGEST_NANOS, Percentage.withPercentage(1.6));
  }

  @Test
  void aPercentThatIsNoneIsRefusedWithItsValue() {
    var snapshot = metrics.snapshot();

    for (double percent : new double[] {-0.1, 100.1, Double.NaN}) {
      assertThatThrownBy(() -> snapshot.percentile(percent))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("percent must be from 0 to 100, not " + percent);
    }
  }

  @Test
  void cumulativeCountsAreThoseOfAPrometheusHistogram() {
    record(900, false);
    record(1_500, false);
    record(1_600, false);
    record(90_000, false);
    record(LONGEST_NANOS * 2, false);
    var snapshot = metrics.snapshot();

    assertThat(snapshot.cumulative(0, 1_000, 10_000, 100_000, Long.MAX_VALUE))
        .containsExactly(0, 1, 3, 4, 5);
    assertThat(snapshot.cumulative()).isEmpty();
  }

  @Test
  void cumulativeCountsAreWithinTheErrorOfTheBounds() {
    var random = new Random(11);
    long[] latencies = random.longs(100_000, 1_000, 1_000_000).toArray();
    for (long latency : latencies) {
      record(latency, false);
    }
    long bound = 500_000;
    long exact = Arrays.stream(latencies).filter(latency -> latency <= bound).count();

    assertThat(metrics.snapshot().cumulative(bound)[0])
        .isCloseTo(exact, Offset.offset(1 + (long) (0.016 * bound / 10)));
  }

  @Test
  void boundsThatDoNotRiseAreRefused() {
    assertThatThrownBy(() -> metrics.snapshot().cumulative(10, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bounds must rise, not go from 10 to 10");
  }
}
