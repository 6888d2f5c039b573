package dev.tenfold.bench;

import dev.tenfold.bench.toolkit.PartBenchmarks;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Runs the benchmark that is named. */
final class Main {
  private static final String USAGE =
      "usage: bench/run access | accounts | batch | batching | cache | gc | hit [--against FOLDER]"
          + " | httpclient | idle | json | jsonrpc | keys | loadgen | memory | metrics | micro |"
          + " miss [--against FOLDER] | names | pool | profiling | rate | start | workers";
  private static final String AGAINST = "--against";

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Path earlier =
        arguments.length == 3 && arguments[1].equals(AGAINST) ? Path.of(arguments[2]) : null;
    Report report = arguments.length == 1 || earlier != null ? report(arguments[0], earlier) : null;
    if (report == null) {
      System.err.println(USAGE);
      System.exit(2);
    } else {
      report.write();
    }
  }

  private static @Nullable Report report(String name, @Nullable Path earlier) throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    if (earlier != null && !name.equals("hit") && !name.equals("miss")) {
      return null;
    }
    return switch (name) {
      case "access" -> AccessBenchmark.run(today);
      case "accounts" -> AccountsBenchmark.run(today);
      case "batch" -> BatchBenchmark.run(today);
      case "gc" -> GcBenchmark.run(today);
      case "hit" -> HitBenchmark.run(today, earlier);
      case "idle" -> IdleBenchmark.run(today);
      case "keys" -> KeysBenchmark.run(today);
      case "loadgen" -> LoadgenBenchmark.run(today);
      case "memory" -> MemoryBenchmark.run(today);
      case "micro" -> MicroBenchmark.run(today);
      case "miss" -> MissBenchmark.run(today, earlier);
      case "profiling" -> ProfilingBenchmark.run(today);
      case "rate" -> RateBenchmark.run(today);
      case "start" -> StartBenchmark.run(today);
      default -> PartBenchmarks.run(name, today);
    };
  }
}
