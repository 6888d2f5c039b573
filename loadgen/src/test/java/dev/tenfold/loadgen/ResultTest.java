package dev.tenfold.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static LoadResult result() {
    Histogram latency = new Histogram(3);
    for (int i = 1; i <= 10_000; i++) {
      latency.recordValue(i * 1_000L);
    }
    Histogram misses = new Histogram(3);
    misses.recordValue(100_000_000);
    Histogram lateness = new Histogram(3);
    lateness.recordValue(15_000_000);
    TreeMap<String, Long> errors = new TreeMap<>();
    errors.put("JSON-RPC -32000", 2L);
    errors.put("timeout", 1L);
    LoadPlan plan =
        LoadPlan.of(
            URI.create("http://127.0.0.1:1/k3y"), Mix.of("a", "[]"), new Arrivals.Open(1000));
    return new LoadResult(
        plan,
        Duration.ofSeconds(10),
        10_003,
        10_003,
        10_000,
        3,
        7,
        20_000_000,
        1,
        5,
        errors,
        latency,
        latency,
        misses,
        lateness,
        Duration.ofMillis(500));
  }

  @Test
  void thePageHasAllFigures() {
    assertThat(result().text().replace(System.lineSeparator(), "\n"))
        .startsWith("Open (1,000 requests/s) loop, mix a, 64 connections, 10.0 s\n")
        .contains("10,003 sent (10,003 calls): 10,000 good, 3 failed; 7 never sent\n")
        .contains("throughput   1,000.0 good requests/s, 2.0 MB/s of replies\n")
        .contains("cache hits   99.99%\n")
        .contains("generator    5% of a processor; 5 requests late by 1 ms or more\n")
        .contains(
            "latency         count       p50       p90       p99     p99.9    p99.99       max")
        .contains(
            "all            10,000      5.00      9.00      9.90      9.99     10.00     10.00")
        .contains("  timeout                            1\n")
        .contains("WARNING: the generator itself was late: 5 of 10,003 requests (0.05%) went out")
        .contains("WARNING: 7 requests never went out")
        .doesNotContain("k3y");
  }

  @Test
  void theJsonHasThemToo() throws Exception {
    JsonNode json = new ObjectMapper().readTree(result().json());

    assertThat(json.path("plan").path("rate_per_s").asDouble()).isEqualTo(1000);
    assertThat(json.path("good").asLong()).isEqualTo(10_000);
    assertThat(json.path("unsent").asLong()).isEqualTo(7);
    assertThat(json.path("throughput_per_s").asDouble()).isEqualTo(1000);
    assertThat(json.path("errors").path("JSON-RPC -32000").asLong()).isEqualTo(2);
    for (String split : List.of("all", "hits", "misses")) {
      assertThat(json.path("latency").path(split).fieldNames())
          .toIterable()
          .containsExactly(
              "count", "mean_ms", "p50_ms", "p90_ms", "p99_ms", "p99_9_ms", "p99_99_ms", "max_ms");
    }
    assertThat(json.path("latency").path("all").path("p99_ms").asDouble()).isBetween(9.8, 10.0);
    assertThat(json.path("generator").path("late").asLong()).isEqualTo(5);
    assertThat(json.path("warnings")).hasSize(2);
  }
}
