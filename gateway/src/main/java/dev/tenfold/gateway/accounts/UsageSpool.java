package dev.tenfold.gateway.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which usage waits on disk until the database has it: a file for each chunk, named by
 * its id, so that the oldest comes first. A file is there as a whole or not at all; what a process
 * left that was killed is found by the next one. Thread-safe; blocks.
 */
public final class UsageSpool {
  private static final Logger log = LoggerFactory.getLogger(UsageSpool.class);
  private static final String SUFFIX = ".usage";
  private static final String ASIDE = ".refused";
  private static final String UNFINISHED = ".new";
  private static final String LAST_LINE = "end";
  private static final String TAB = "\t";

  private final Path folder;
  private final long mostBytes;
  private long bytes;

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
      for (Path file : files.toList()) {
        if (file.toString().endsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
        } else {
          bytes += Files.size(file);
        }
      }
    }
  }

  /**
   * Keeps a chunk.
   *
   * @throws IOException if it cannot be written, or the spool is full; nothing of it is there then
   */
  synchronized void save(UsageChunk chunk) throws IOException {
    String text = text(chunk);
    if (bytes + text.length() > mostBytes) {
      throw new IOException("the spool " + folder + " is full: it has " + bytes + " bytes");
    }
    Path unfinished = folder.resolve(chunk.id() + UNFINISHED);
    try {
      Files.writeString(unfinished, text);
      Files.move(unfinished, file(chunk.id()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    bytes += text.length();
  }

  /** The database has it. */
  synchronized void delete(String id) {
    try {
      long size = Files.size(file(id));
      Files.delete(file(id));
      bytes -= size;
    } catch (NoSuchFileException _) {
      // another process with the same folder has written it
    } catch (IOException e) {
      log.warn("the file of usage {} cannot be deleted: {}", id, e.toString());
    }
  }

  /** The database does not take it, and will not: kept for people to look at. */
  synchronized void setAside(String id) {
    try {
      Files.move(file(id), folder.resolve(id + ASIDE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("the file of usage {} cannot be set aside: {}", id, e.toString());
    }
  }

  /** The ids of what waits, the oldest first. */
  synchronized List<String> waiting() {
    try (Stream<Path> files = Files.list(folder)) {
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

  /** What waits under an id; nothing if it is gone, or is not to be read. */
  Optional<UsageChunk> read(String id) {
    try {
      return Optional.of(chunk(id, Files.readAllLines(file(id))));
    } catch (IOException | RuntimeException e) {
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
    return text.append(LAST_LINE).append('\n').toString();
  }

  private static UsageChunk chunk(String id, List<String> lines) throws IOException {
    if (lines.isEmpty() || !lines.getLast().equals(LAST_LINE)) {
      throw new IOException("its end is missing");
    }
    List<UsageRow> rows = new ArrayList<>();
    for (String line : lines.subList(0, lines.size() - 1)) {
      rows.add(row(line.split(TAB, -1)));
    }
    return new UsageChunk(id, rows);
  }

  private static UsageRow row(String[] cells) {
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
