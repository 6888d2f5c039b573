package dev.tenfold.gateway.accounts;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Connections to a file of SQLite: one that writes, so that writers of this process wait for each
 * other here and not in the file, and a few that read beside it (write-ahead log).
 */
final class SqliteConnections implements Connections {
  private static final int READERS = 4;
  private static final int BUSY_MILLIS = 2_000;
  private static final int WAIT_MILLIS = 5_000;

  private final BlockingQueue<Kept> writer = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<Kept> readers = new ArrayBlockingQueue<>(READERS);
  private volatile boolean closed;

  private record Kept(Connection connection, Map<String, PreparedStatement> statements) {}

  SqliteConnections(Path file) throws SQLException {
    DataSource source = source(file);
    try {
      writer.add(open(source));
      for (int i = 0; i < READERS; i++) {
        readers.add(open(source));
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private static Kept open(DataSource source) throws SQLException {
    return new Kept(source.getConnection(), new HashMap<>());
  }

  /** Connections with what all of ours have. */
  static DataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** Makes the file, and the folder that it is in, for its owner only. */
  static void make(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      if (posix) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      // From an earlier start, or another process was first.
    }
  }

  @Override
  public Session take(Use use) throws SQLException {
    BlockingQueue<Kept> queue = use == Use.WRITE ? writer : readers;
    Kept kept = waitFor(queue);
    return new Session(kept.connection(), kept.statements(), () -> giveBack(queue, kept));
  }

  private Kept waitFor(BlockingQueue<Kept> queue) throws SQLException {
    try {
      Kept kept = closed ? null : queue.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (kept == null) {
        throw new SQLTransientConnectionException("no connection is free");
      }
      return kept;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", e);
    }
  }

  private void giveBack(BlockingQueue<Kept> queue, Kept kept) throws SQLException {
    if (closed) {
      kept.connection().close();
    }
    queue.add(kept);
  }

  @Override
  public void close() {
    closed = true;
    for (BlockingQueue<Kept> queue : List.of(writer, readers)) {
      for (Kept kept = queue.poll(); kept != null; kept = queue.poll()) {
        try {
          kept.connection().close();
        } catch (SQLException e) {
          // It is of no use any more, and the file is whole whatever happens.
        }
      }
    }
  }
}
