package dev.tenfold.bench.toolkit;

import dev.tenfold.bench.Report;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** The benchmarks of the parts, by the names that {@code bench/run} takes. */
public final class PartBenchmarks {
  private PartBenchmarks() {}

  /** Takes the figures of a part; null where no benchmark has that name. */
  public static @Nullable Report run(String name, LocalDate today)
      throws IOException, RunnerException {
    JmhComparison comparison =
        switch (name) {
          case "batching" -> BatchingBenchmark.comparison();
          case "cache" -> CacheBenchmark.comparison();
          case "httpclient" -> HttpClientBenchmark.comparison();
          case "json" -> JsonBenchmark.comparison();
          case "jsonrpc" -> JsonRpcBenchmark.comparison();
          case "metrics" -> MetricsBenchmark.comparison();
          case "names" -> namesComparison();
          case "pool" -> PoolBenchmark.comparison();
          case "workers" -> WorkersBenchmark.comparison();
          default -> null;
        };
    return comparison == null ? null : comparison.run(today);
  }

  private static JmhComparison namesComparison() {
    return new JmhComparison(
            "names",
            "The method of a request, from the bytes of its name",
            """
            Each of the methods that the gateway knows, in turn. `tenfold` is its table (`Methods.find`): one hash over the bytes and one comparison, and nothing is made. `stringAndMap` makes a string
            and looks it up in a `HashMap`; `internAndMap` calls `String.intern` on it before.\
            """)
        .of(MethodNameMicro.class, 1);
  }
}
