package dev.tenfold.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A process under test. It ends when this is closed, or with this process. */
final class Program implements Closeable {
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final long END_SECONDS = 10;

  private final Process process;
  private final Thread reaper;
  private final long startedNanos;

  private Program(List<String> command, Map<String, String> environment) throws IOException {
    this(command, environment, null);
  }

  private Program(List<String> command, Map<String, String> environment, @Nullable File folder)
      throws IOException {
    startedNanos = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    reaper = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /** Starts {@code ./tenfold} with arguments; the launcher becomes the JVM, so the id stays. */
  static Program tenfold(String... arguments) throws IOException {
    return tenfold(root(), Map.of(), arguments);
  }

  /**
   * Starts the build in a folder, with further variables of the environment. Its files go to a
   * folder that is new and empty.
   */
  static Program tenfold(Path root, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("tenfold").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    return new Program(command, environment, Files.createTempDirectory("tenfold-bench").toFile());
  }

  static Program command(String... command) throws IOException {
    return new Program(List.of(command), Map.of());
  }

  /** Starts a class of this module on the JDK and the class path that this process has. */
  static Program java(List<String> flags, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new Program(command, Map.of());
  }

  static Path root() {
    return Path.of(System.getProperty("bench.root", "."));
  }

  long pid() {
    return process.pid();
  }

  /** Processor time of the process and of those that it has started, in steps of 10 ms. */
  long cpuNanos() throws IOException {
    long nanos = ProcessFigures.cpuNanos(pid());
    for (ProcessHandle child : process.descendants().toList()) {
      nanos += ProcessFigures.cpuNanos(child.pid());
    }
    return nanos;
  }

  long nanosSinceStart() {
    return System.nanoTime() - startedNanos;
  }

  /** The addresses on the first line that has any; blocks until it is written. */
  List<URI> addresses() throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      List<URI> found = addresses(line);
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw new IllegalStateException("the process ended without telling its address");
  }

  static List<URI> addresses(String line) {
    return URL.matcher(line).results().map(url -> URI.create(url.group())).toList();
  }

  /** Waits, and fails if the process ends meanwhile. */
  void stayFor(long time, TimeUnit unit) throws InterruptedException {
    if (process.waitFor(time, unit)) {
      throw new IllegalStateException("the process ended with status " + process.exitValue());
    }
  }

  /** Waits until it ends by itself, and fails if it does not, or not with status 0. */
  void end(long time, TimeUnit unit) throws InterruptedException {
    if (!process.waitFor(time, unit) || process.exitValue() != 0) {
      throw new IllegalStateException("the process did not end well: " + process);
    }
  }

  /** Asks it to end, and after 10 s makes it; waits until it has. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(END_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(reaper);
  }
}
