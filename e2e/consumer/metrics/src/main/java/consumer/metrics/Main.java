package consumer.metrics;

import dev.tenfold.toolkit.metrics.RequestMetrics;

final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    RequestMetrics requests = new RequestMetrics();
    requests.finish(requests.start(), false);
    requests.finish(requests.start(), true);
    requests.start();

    RequestMetrics.Snapshot counted = requests.snapshot();
    System.out.printf(
        "metrics in %s: %d requests, %d error, %d active%n",
        RequestMetrics.class.getModule(),
        counted.requestCount(),
        counted.errorCount(),
        counted.activeRequests());
  }
}
