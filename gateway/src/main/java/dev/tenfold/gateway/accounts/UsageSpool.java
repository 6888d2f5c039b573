package dev.tenfold.gateway.accounts;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which usage waits on disk until the database has it: a file for each chunk, named by
 * its id, so that the oldest comes first. A file is there as a whole or not at all; what a process
 * left that was killed is found by the next one. What is no chunk is set aside, under a name of its
 * own, for people to look at, and counts towards the bound until they delete it.
 *
 * <p>Thread-safe; blocks. Several processes may have the same folder: each holds the bound by what
 * it knows, and counts again what is there with every {@value #COUNTED_EVERY}th look at it.
 */
public final class UsageSpool {
  static final int COUNTED_EVERY = 16;

  private static final Logger log = LoggerFactory.getLogger(UsageSpool.class);
  private static final String SUFFIX = ".usage";
  private static final String ASIDE = ".refused";
  private static final String UNFINISHED = ".new";
  private static final String LAST_LINE = "end\n";
  private static final String TAB = "\t";
  private static final int CELLS = 11;

  private final Path folder;
  private final long mostBytes;
  private long bytes;
  private int looks;

  /**
   * The spool in a folder, which is made if need be.
   *
   * @param mostBytes what all files may take together
   * @throws IOException if the folder can be neither made nor read
   */
  public UsageSpool(Path folder, long mostBytes) throws IOException {
    this.folder = folder;
    this.mostBytes = mostBytes;
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(any -> any.toString().endsWith(UNFINISHED)).toList()) {
        Files.deleteIfExists(file);
      }
    }
    bytes = counted();
  }

  private long counted() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sum += size(file);
      }
    }
    return sum;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException _) {
      return 0; // another process was faster
    }
  }

  /**
   * Keeps a chunk.
   *
   * @throws IOException if it cannot be written, or the spool is full; nothing of it is there then
   */
  synchronized void save(UsageChunk chunk) throws IOException {
    byte[] text = text(chunk).getBytes(StandardCharsets.UTF_8);
    if (bytes + text.length > mostBytes) {
      throw new IOException("the spool " + folder + " is full: it has " + bytes + " bytes");
    }
    Path unfinished = folder.resolve(chunk.id() + UNFINISHED);
    try {
      Files.write(unfinished, text);
      Files.move(unfinished, file(chunk.id()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    bytes += text.length;
  }

  /** The database has it. False if its file is there all the same, and cannot be deleted. */
  synchronized boolean delete(String id) {
    try {
      long size = Files.size(file(id));
      Files.delete(file(id));
      bytes = Math.max(0, bytes - size);
      return true;
    } catch (NoSuchFileException _) {
      return true; // it never was, or another process with the same folder has written it
    } catch (IOException e) {
      log.warn("the file of usage {} cannot be deleted: {}", id, e.toString());
      return false;
    }
  }

  /**
   * The database does not take it, and will not: kept for people to look at. False if it stays
   * where it is.
   */
  synchronized boolean setAside(String id) {
    try {
      Files.move(file(id), folder.resolve(id + ASIDE), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException _) {
      return true;
    } catch (IOException e) {
      log.warn("the file of usage {} cannot be set aside: {}", id, e.toString());
      return false;
    }
  }

  /** True if anything waits; what a process before has left, when this one begins. */
  public boolean hasWaiting() {
    return !waiting().isEmpty();
  }

  /** The ids of what waits, the oldest first. */
  synchronized List<String> waiting() {
    try (Stream<Path> files = Files.list(folder)) {
      if (++looks % COUNTED_EVERY == 0) {
        bytes = counted();
      }
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      log.warn("the spool {} cannot be read: {}", folder, e.toString());
      return List.of();
    }
  }

  /** What waits under an id; nothing if it is gone, or cannot be read now, or is no chunk. */
  Optional<UsageChunk> read(String id) {
    try {
      return Optional.of(chunk(id, Files.readString(file(id))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (CharacterCodingException | RuntimeException e) {
      log.error("the file of usage {} is set aside, as it is no chunk: {}", id, e.toString());
      setAside(id);
      return Optional.empty();
    } catch (IOException e) {
      log.warn("the file of usage {} cannot be read: {}", id, e.toString());
      return Optional.empty();
    }
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }

  private static String text(UsageChunk chunk) {
    StringBuilder text = new StringBuilder();
    for (UsageRow row : chunk.rows()) {
      text.append(
              String.join(
                  TAB,
                  row.keyId(),
                  row.chain(),
                  row.method(),
                  row.hour().toString(),
                  "" + row.calls(),
                  "" + row.hits(),
                  "" + row.errors(),
                  "" + row.units(),
                  "" + row.bytes(),
                  "" + row.savedUnits(),
                  "" + row.savedMicros()))
          .append('\n');
    }
    return text.append(LAST_LINE).toString();
  }

  private static UsageChunk chunk(String id, String text) {
    if (!text.endsWith(LAST_LINE)) {
      throw new IllegalArgumentException("its end is missing");
    }
    String rows = text.substring(0, text.length() - LAST_LINE.length());
    UsageChunk chunk = new UsageChunk(id, rows.lines().map(UsageSpool::row).toList());
    if (!chunk.id().equals(id)) {
      throw new IllegalArgumentException("its name is not one of ours");
    }
    return chunk;
  }

  private static UsageRow row(String line) {
    String[] cells = line.split(TAB, -1);
    if (cells.length != CELLS) {
      throw new IllegalArgumentException("a row has " + cells.length + " cells");
    }
    int at = 4;
    return new UsageRow(
        cells[0],
        cells[1],
        cells[2],
        Instant.parse(cells[3]),
        Long.parseLong(cells[at++]),
        Long.parseLong(cells[at++]),
        Long.parseLong(cells[at++]),
        Long.parseLong(cells[at++]),
        Long.parseLong(cells[at++]),
        Long.parseLong(cells[at++]),
        Long.parseLong(cells[at]));
  }
}
