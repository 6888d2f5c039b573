package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the files that recorders write, for their owner only; made when it is first needed.
 * Safe for any thread.
 */
final class WorkFolder {
  private @Nullable Path folder;
  private boolean gone;

  /**
   * Where files go.
   *
   * @throws IOException after {@link #delete}
   */
  synchronized Path path() throws IOException {
    if (gone) {
      throw new IOException("profiling is closed");
    }
    if (folder == null) {
      folder = Files.createTempDirectory("tenfold-profiling-");
    }
    return folder;
  }

  /** Removes it with what is in it; there is none from here on. */
  synchronized void delete() {
    gone = true;
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be removed", e);
    } finally {
      folder = null;
    }
  }
}
