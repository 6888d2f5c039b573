package dev.tenfold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of a process: proc(5). */
final class ProcessFigures {
  /** The unit of times in {@code stat}: USER_HZ, 100 a second on every Linux of today. */
  static final long TICK_NANOS = 10_000_000;

  // Fields 14 and 15 of stat, counted from the one after the name, which is the third.
  private static final int USER_TIME = 14 - 3;
  private static final int SYSTEM_TIME = 15 - 3;

  private ProcessFigures() {}

  /** Processor time of all threads, user and system, in steps of 10 ms. */
  static long cpuNanos(long pid) throws IOException {
    return cpuNanos(Files.readString(file(pid, "stat")));
  }

  /** The name stands in parentheses and may itself have spaces and parentheses. */
  static long cpuNanos(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    return ticks * TICK_NANOS;
  }

  /** A line of {@code status} in KiB, such as VmRSS. */
  static long kibibytes(long pid, String name) throws IOException {
    return kibibytes(Files.readAllLines(file(pid, "status")), name);
  }

  static long kibibytes(List<String> lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.substring(name.length() + 1).replace("kB", "").strip());
      }
    }
    throw new IllegalArgumentException("there is no line " + name);
  }

  /** The flags that a {@code java -jar} was started with. */
  static List<String> jvmFlags(long pid) throws IOException {
    return jvmFlags(Files.readString(file(pid, "cmdline")));
  }

  static List<String> jvmFlags(String commandLine) {
    List<String> words = List.of(commandLine.split("\0", -1));
    int jar = words.indexOf("-jar");
    if (jar < 0) {
      throw new IllegalArgumentException("not a java -jar: " + words);
    }
    return words.subList(1, jar);
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
