package dev.tenfold.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The example of docs/toolkit/metrics.md. */
class MetricsExampleTest {

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private long now;
  private final RequestMetrics metrics = new RequestMetrics(() -> now += STEP_NANOS);

  private static String serve(String request) {
    if (request.isEmpty()) {
      throw new IllegalArgumentException("empty request");
    }
    return "answer to " + request;
  }

  // @start region=request
  String timed(String request) {
    long start = metrics.start();
    boolean error = true;
    try {
      String answer = serve(request);
      error = false;
      return answer;
    } finally {
      metrics.finish(start, error);
    }
  }

  // @end region=request

  // @start region=figures
  String figures() {
    RequestMetrics.Snapshot so = metrics.snapshot();
    return String.format(
        Locale.ROOT,
        "requests %d, average %.1f ms, error rate %.2f, active %d, p99 %.0f ms",
        so.requestCount(),
        so.averageLatencyNanos() / 1e6,
        so.errorRate(),
        so.activeRequests(),
        so.percentile(99) / 1e6);
  }

  // @end region=figures

  @Test
  void beforeTheFirstRequestAllFiguresAreZero() {
    assertThat(figures())
        .isEqualTo("requests 0, average 0.0 ms, error rate 0.00, active 0, p99 0 ms");
  }

  @Test
  void fourRequestsOfTenMillisecondsOneOfWhichFailed() {
    for (int i = 0; i < 3; i++) {
      assertThat(timed("a")).isEqualTo("answer to a");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> timed(""));

    assertThat(figures())
        .isEqualTo("requests 4, average 10.0 ms, error rate 0.25, active 0, p99 10 ms");
  }
}
