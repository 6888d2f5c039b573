package dev.tenfold.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** Runs the benchmark that is named. */
final class Main {
  private static final String USAGE = "usage: bench/run hit | idle | loadgen | start";

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    switch (arguments.length == 1 ? arguments[0] : "") {
      case "hit" -> HitBenchmark.run(today).write();
      case "idle" -> IdleBenchmark.run(today).write();
      case "loadgen" -> LoadgenBenchmark.run(today).write();
      case "start" -> StartBenchmark.run(today).write();
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }
}
