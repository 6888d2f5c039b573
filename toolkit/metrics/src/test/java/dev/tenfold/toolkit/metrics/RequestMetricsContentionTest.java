package dev.tenfold.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RequestMetricsContentionTest {

  private static final int THREADS = 8;
  private static final int RECORDS = 1_000_000;

  private final RequestMetrics metrics = new RequestMetrics(() -> 5_000);

  private void record(int thread) {
    for (int i = 0; i < RECORDS; i++) {
      metrics.start();
      metrics.finish(5_000 - (i % 100), i % 10 == thread);
    }
  }

  @Test
  void noRecordOfEightThreadsIsLostAndEachSnapshotIsConsistent() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      var recording =
          IntStream.range(0, THREADS)
              .mapToObj(thread -> threads.submit(() -> record(thread)))
              .toList();
      long before = 0;
      while (!recording.stream().allMatch(Future::isDone)) {
        before = checkedCount(before);
      }
      for (Future<?> each : recording) {
        each.get();
      }
    }

    var last = metrics.snapshot();
    assertThat(last.requestCount()).isEqualTo(THREADS * RECORDS);
    assertThat(last.errorCount()).isEqualTo(THREADS * RECORDS / 10);
    assertThat(last.sumNanos()).isEqualTo(THREADS * (RECORDS / 100) * (99 * 100 / 2L));
    assertThat(last.activeRequests()).isZero();
  }

  private long checkedCount(long before) {
    var snapshot = metrics.snapshot();
    assertThat(snapshot.requestCount()).isGreaterThanOrEqualTo(before);
    assertThat(snapshot.cumulative(Long.MAX_VALUE)[0]).isEqualTo(snapshot.requestCount());
    assertThat(snapshot.errorCount()).isBetween(0L, snapshot.requestCount());
    assertThat(snapshot.activeRequests()).isGreaterThanOrEqualTo(0);
    return snapshot.requestCount();
  }

  @Test
  void recordingAllocatesNothing() throws Exception {
    assertThat(allocatedBytes(() -> metrics.snapshot())).isPositive();
    assertThat(
            allocatedBytes(
                () -> {
                  record(3);
                  return metrics;
                }))
        .isLessThan(RECORDS / 10);
  }

  private static long allocatedBytes(Callable<?> action) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(action.call()).isNotNull();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
