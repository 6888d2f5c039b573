package dev.tenfold.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of the demo, in a JVM of its own. It ends when this is closed, and on its {@link Leash}
 * when this process ends in whatever way.
 */
final class Part implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final long START_SECONDS = 30;
  private static final long END_SECONDS = 5;

  private final String name;
  private final Process process;
  private final Path errors;
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final BlockingQueue<Long> allocated = new LinkedBlockingQueue<>();
  private volatile String failure = "";

  private Part(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts a process, and waits until it has said where it listens.
   *
   * @param errors where its standard error goes
   * @throws DemoException if it ends, or says nothing within 30 s
   */
  static Part start(String name, List<String> command, Path errors) throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException e) {
      throw new DemoException(name + " cannot be started: " + e.getMessage(), e);
    }
    Part part = new Part(name, process, errors);
    Thread.ofVirtual().name("output of " + name).start(part::listen);
    try {
      part.awaitAddress();
    } catch (DemoException | InterruptedException e) {
      part.close();
      throw e;
    }
    return part;
  }

  /** Reads to the end, so that the process never waits for a reader. */
  private void listen() {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher url = URL.matcher(line);
        if (url.find()) {
          address.complete(URI.create(url.group()));
        } else if (line.startsWith(Leash.ALLOCATED)) {
          allocated.add(Long.parseLong(line.substring(Leash.ALLOCATED.length())));
        } else if (line.startsWith(Leash.FAILED)) {
          failure = ": " + line.substring(Leash.FAILED.length());
        }
      }
    } catch (IOException _) {
      // it has ended
    }
    process.onExit().join();
    address.completeExceptionally(new DemoException(ending()));
  }

  private void awaitAddress() throws InterruptedException {
    try {
      address.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new DemoException(name + " did not start within " + START_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DemoException ended ? ended : new DemoException(name, e);
    }
  }

  /** Where it listens. */
  URI url() {
    return address.join();
  }

  long pid() {
    return process.pid();
  }

  /** What it has allocated on its heap until now; empty if its JVM does not know. */
  OptionalLong allocatedBytes() throws InterruptedException {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new DemoException(name + " cannot be asked: " + e.getMessage(), e);
    }
    Long bytes = allocated.poll(START_SECONDS, TimeUnit.SECONDS);
    if (bytes == null) {
      throw new DemoException(name + " does not say what it has allocated");
    }
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  /** Fails if it has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new DemoException(ending());
    }
  }

  private String ending() {
    String why = failure.isEmpty() ? lastError() : failure;
    return name + " ended with status " + process.exitValue() + why;
  }

  private String lastError() {
    try {
      return Files.readAllLines(errors).stream()
          .filter(line -> !line.isBlank())
          .reduce((first, second) -> second)
          .map(line -> ": " + line.replaceFirst("^tenfold: ", ""))
          .orElse("");
    } catch (IOException _) {
      return "";
    }
  }

  /** Ends it without asking: nothing that it holds is needed. Waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process).join();
  }
}
