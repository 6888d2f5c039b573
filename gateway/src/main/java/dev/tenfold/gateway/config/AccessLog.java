package dev.tenfold.gateway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where one line a request is written: {@code off}, {@code stdout}, or the name of a file. */
public sealed interface AccessLog {

  /** Nowhere. */
  record Off() implements AccessLog {
    @Override
    public String toString() {
      return "off";
    }
  }

  /** To the standard output. */
  record Stdout() implements AccessLog {
    @Override
    public String toString() {
      return "stdout";
    }
  }

  /**
   * To the end of a file.
   *
   * @param path of the file, which need not be there yet
   */
  record ToFile(Path path) implements AccessLog {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Reads the configured value.
   *
   * @param folder where a relative file name begins
   * @throws IllegalArgumentException if no file can have that name
   */
  static AccessLog parse(String text, Path folder) {
    return switch (text) {
      case "off" -> new Off();
      case "stdout" -> new Stdout();
      case "" -> throw new IllegalArgumentException("it must be off, stdout, or a file");
      default -> toFile(text, folder);
    };
  }

  private static AccessLog toFile(String text, Path folder) {
    try {
      return new ToFile(folder.resolve(text));
    } catch (InvalidPathException _) {
      throw new IllegalArgumentException("it must be off, stdout, or a file that can be");
    }
  }
}
