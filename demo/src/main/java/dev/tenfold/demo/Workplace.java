package dev.tenfold.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;

/**
 * Where the parts run: a folder for their files, and the list of those that run. When this process
 * is told to end, all are ended and the folder is deleted. Thread-safe.
 */
final class Workplace implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path folder;
  private final ConcurrentLinkedDeque<Part> parts = new ConcurrentLinkedDeque<>();
  private final Thread hook = new Thread(this::clear, "demo cleanup");

  Workplace() {
    try {
      folder = Files.createTempDirectory("tenfold-demo");
    } catch (IOException e) {
      throw new DemoException("there is no place for temporary files: " + e.getMessage(), e);
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The flags that all parts have. */
  static List<String> flags() {
    return FLAGS;
  }

  /**
   * Starts a class of this class path in a JVM like this one, and waits until it listens.
   *
   * @param name for messages
   * @param flags of the JVM, besides those of all parts
   */
  Part start(String name, List<String> flags, String mainClass, List<String> arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Leash.class.getName()));
    command.add(mainClass);
    command.addAll(arguments);
    Part part = Part.start(name, command, folder.resolve(name.replace(' ', '-') + ".err"));
    parts.add(part);
    return part;
  }

  void stop(Part part) {
    part.close();
    parts.remove(part);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  private void clear() {
    parts.forEach(Part::close);
    parts.clear();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      return; // this process is ending: the hook does it
    }
    clear();
  }
}
