package dev.tenfold.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pauses that a JVM has written to its log with {@code -Xlog:gc}.
 *
 * @param count how many
 * @param longestMillis 0 if there was none
 */
record GcLog(int count, double longestMillis) {
  private static final Pattern PAUSE = Pattern.compile("\\bPause .* ([0-9]+\\.[0-9]+)ms$");

  static final GcLog NONE = new GcLog(0, 0);

  /** The flag that has a JVM write such a log. */
  static String flag(Path file) {
    return "-Xlog:gc:file=" + file + ":uptime";
  }

  /** The pauses in a log so far, after those that another reading has. */
  static GcLog read(Path file, GcLog before) {
    try {
      List<String> pauses = Files.readAllLines(file).stream().filter(PAUSE.asPredicate()).toList();
      return of(pauses.subList(before.count, pauses.size()));
    } catch (IOException e) {
      throw new DemoException("the log of the collector cannot be read: " + e.getMessage(), e);
    }
  }

  static GcLog of(List<String> lines) {
    int count = 0;
    double longest = 0;
    for (String line : lines) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        count++;
        longest = Math.max(longest, Double.parseDouble(pause.group(1)));
      }
    }
    return new GcLog(count, longest);
  }
}
