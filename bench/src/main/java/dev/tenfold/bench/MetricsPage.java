package dev.tenfold.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A page of metrics in the text format of Prometheus. */
record MetricsPage(String text) {
  static MetricsPage read(URI operators) throws IOException {
    try (InputStream page = operators.resolve("/metrics").toURL().openStream()) {
      return new MetricsPage(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * The value of a metric without labels.
   *
   * @throws IllegalArgumentException if it is not there
   */
  double value(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no metric " + name));
  }
}
