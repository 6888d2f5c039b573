package dev.tenfold.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Runs the benchmark that is named. */
final class Main {
  private static final String USAGE =
      "usage: bench/run hit [--against FOLDER] | idle | loadgen | start";

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    switch (String.join(" ", arguments)) {
      case "hit" -> HitBenchmark.run(today, null).write();
      case "idle" -> IdleBenchmark.run(today).write();
      case "loadgen" -> LoadgenBenchmark.run(today).write();
      case "start" -> StartBenchmark.run(today).write();
      default -> {
        if (arguments.length == 3 && (arguments[0] + arguments[1]).equals("hit--against")) {
          HitBenchmark.run(today, Path.of(arguments[2])).write();
        } else {
          System.err.println(USAGE);
          System.exit(2);
        }
      }
    }
  }
}
