package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a file of events while it is written: the chunks that are finished, each once. Confined to
 * one thread.
 *
 * <p>A file is chunks, one after the other, each readable by itself. The header of one has its
 * length at byte 8 and where its metadata begins at byte 24; both are zero until it is finished.
 */
final class FinishedChunks {
  private static final int HEADER_BYTES = 32;
  private static final int LENGTH_AT = 8;
  private static final int METADATA_AT = 24;

  private final Path file;
  private long at;

  FinishedChunks(Path file) {
    this.file = file;
  }

  /**
   * Moves on to the chunk that is being written.
   *
   * @param copy where what has been finished since the last time is written, to be read
   * @return false if that is nothing; there is no copy then
   */
  boolean copyNew(Path copy) throws IOException {
    try (FileChannel from = FileChannel.open(file)) {
      long end = at;
      for (long length = finished(from, end); length > 0; length = finished(from, end)) {
        end += length;
      }
      if (end == at) {
        return false;
      }
      copy(from, end, copy);
      at = end;
      return true;
    }
  }

  private void copy(FileChannel from, long end, Path copy) throws IOException {
    Files.deleteIfExists(copy);
    try (FileChannel to =
        FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long next = at;
      while (next < end) {
        next += from.transferTo(next, end - next, to);
      }
    }
  }

  /** The length of the chunk that begins there; 0 if there is none, or it is being written. */
  private static long finished(FileChannel from, long start) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    while (header.hasRemaining()) {
      if (from.read(header, start + header.position()) < 0) {
        return 0;
      }
    }
    long length = header.getLong(LENGTH_AT);
    boolean whole = header.getLong(METADATA_AT) > 0 && start + length <= from.size();
    return whole ? length : 0;
  }
}
