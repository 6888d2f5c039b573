package dev.tenfold.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** What a figure was taken on. */
public final class Machine {
  private static final double KIB_A_GIB = 1024 * 1024;

  private Machine() {}

  /** One line, without the name of the host. */
  static String description() throws IOException {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %.0f GiB, Linux %s, JDK %s (%s)",
        value(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        ProcessFigures.kibibytes(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal")
            / KIB_A_GIB,
        System.getProperty("os.version"),
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"));
  }

  /** The load average of the last minute. */
  public static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
  }

  /** The commit that a folder has checked out. */
  static String commit(Path root) throws IOException {
    Process git =
        new ProcessBuilder("git", "-C", root.toString(), "rev-parse", "--short", "HEAD").start();
    try (BufferedReader out = git.inputReader()) {
      return Objects.requireNonNull(out.readLine(), () -> "not a git checkout: " + root);
    }
  }

  private static String value(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown processor");
  }
}
