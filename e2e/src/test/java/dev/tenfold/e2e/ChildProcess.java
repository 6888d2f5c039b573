package dev.tenfold.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A process of a test, with what it printed. Closing it ends it and all that it started; a process
 * that a test forgot ends with the test's JVM.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.reader = Thread.ofVirtual().name(name + " output").start(this::read);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts it with both outputs in one; the working directory is the module's. */
  static ChildProcess start(String name, File directory, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(directory).redirectErrorStream(true);
      Process process = builder.start();
      process.getOutputStream().close();
      return new ChildProcess(name, process);
    } catch (IOException e) {
      throw new IllegalStateException(name + " does not start: " + command.getFirst(), e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      lines.lines().forEach(output::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      output.add("(its output broke off: " + e.getMessage() + ")");
    }
  }

  /** The lines that it printed so far. */
  List<String> output() {
    return output;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it is ready; says what it printed when it is not, or has ended. */
  void awaitReady(Duration patience, Eventually.Condition ready) {
    Eventually.until(
        () -> name + " is ready; it printed:\n" + String.join("\n", output),
        patience,
        () -> {
          if (!isAlive()) {
            throw new AssertionError(
                name + " ended with " + awaitExit(PATIENCE) + ":\n" + String.join("\n", output));
          }
          return ready.holds();
        });
  }

  /** Sends a signal by its name without SIG, such as STOP, CONT, TERM, KILL. */
  void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      if (!kill.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill -" + signal + " " + name + " did not work");
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("kill -" + signal + " " + name, e);
    }
  }

  /** The exit status, once it has ended and all that it printed was read. */
  int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            name + " did not end within " + patience + ":\n" + String.join("\n", output));
      }
      reader.join(PATIENCE);
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit(PATIENCE);
  }
}
