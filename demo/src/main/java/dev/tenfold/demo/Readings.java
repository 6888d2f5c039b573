package dev.tenfold.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What Linux tells of a process (proc(5)); nothing elsewhere. */
final class Readings {
  /** The unit of times in {@code stat}: USER_HZ, 100 a second on every Linux of today. */
  private static final long TICK_NANOS = 10_000_000;

  private static final int USER_TIME = 14 - 3;
  private static final int SYSTEM_TIME = 15 - 3;
  private static final String RESIDENT = "VmRSS:";
  private static final long KIB = 1024;

  private Readings() {}

  /** Processor time of all threads, user and system. */
  static OptionalLong cpuNanos(long pid) {
    try {
      return OptionalLong.of(cpuNanos(Files.readString(file(pid, "stat"))));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  /** The name stands in parentheses and may itself have spaces and parentheses. */
  static long cpuNanos(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * TICK_NANOS;
  }

  /** Memory that is held in RAM. */
  static OptionalLong residentBytes(long pid) {
    try {
      return residentBytes(Files.readAllLines(file(pid, "status")));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong residentBytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(RESIDENT))
        .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
        .mapToLong(kibibytes -> Long.parseLong(kibibytes) * KIB)
        .findFirst();
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
