package dev.tenfold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a JVM has written with {@code -Xlog:safepoint}: each time at which it stopped the program,
 * whatever for. Unlike the log of the collector it has the time that it took to stop all threads.
 */
final class SafepointLog {
  private static final Pattern LINE =
      Pattern.compile("Safepoint \"(\\w+)\", .*?\\bTotal: (\\d+) ns");

  // The operations of the four collectors begin with their names; what is done for the metaspace
  // is a collection too.
  private static final Pattern COLLECTION =
      Pattern.compile("(G1|Z[A-Z]|Serial|Parallel|CollectFor|GC).*");
  private static final double NANOS_A_MILLI = 1e6;

  private SafepointLog() {}

  /**
   * One stop.
   *
   * @param operation what it was for, in the JVM's words
   * @param millis from the wish to stop until the program ran again
   */
  record Stop(String operation, double millis) {
    boolean isCollection() {
      return COLLECTION.matcher(operation).matches();
    }
  }

  /**
   * How long the stops were.
   *
   * @param count how many
   * @param p99Millis 99% of them were at most as long; 0 if there was none
   * @param longestMillis 0 if there was none
   */
  record Stops(int count, double p99Millis, double longestMillis) {
    static Stops of(List<Stop> stops) {
      double[] sorted = stops.stream().mapToDouble(Stop::millis).sorted().toArray();
      int n = sorted.length;
      return n == 0
          ? new Stops(0, 0, 0)
          : new Stops(n, sorted[(int) Math.ceil(0.99 * n) - 1], sorted[n - 1]);
    }

    List<String> cells() {
      return List.of(
          Integer.toString(count), Report.figure(p99Millis, 2), Report.figure(longestMillis, 2));
    }
  }

  /** The flag that has a JVM write such a log, as one file however long. */
  static String flag(Path file) {
    return "-Xlog:safepoint:file=" + file + ":uptime:filecount=0";
  }

  static List<Stop> read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  /** Other lines are passed over. */
  static List<Stop> of(List<String> lines) {
    return lines.stream()
        .flatMap(line -> LINE.matcher(line).results())
        .map(SafepointLog::stop)
        .toList();
  }

  private static Stop stop(MatchResult line) {
    return new Stop(line.group(1), Long.parseLong(line.group(2)) / NANOS_A_MILLI);
  }
}
