package dev.tenfold.demo.steps;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A file of SQLite with the backend's users and a table of who was here, and two connections to it:
 * one that reads and one that writes. The settings are the same at each step.
 */
final class Database implements AutoCloseable {
  /** How many users there are: user-0x1 and so on. */
  static final int USERS = 1_000;

  static final String USER = "SELECT id, name, email, created_at FROM users WHERE id = ?";
  static final String VISIT = "INSERT INTO visits (at, user, method) VALUES (?, ?, ?)";

  private static final int BUSY_MILLIS = 5_000;
  private static final long FIRST_JOINED = 1_767_225_600; // 2026-01-01

  private final Connection reads;
  private final Connection writes;

  /** Makes the file with all its users, and opens it. */
  Database(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    writes = source.getConnection();
    fill(writes);
    reads = source.getConnection();
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL,"
              + " created_at INTEGER NOT NULL)");
      statement.execute(
          "CREATE TABLE visits (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL,"
              + " method TEXT NOT NULL)");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO users VALUES (?, ?, ?, ?)")) {
      for (int user = 1; user <= USERS; user++) {
        insert.setString(1, "user-0x" + Integer.toHexString(user));
        insert.setString(2, "User " + user);
        insert.setString(3, "user" + user + "@example.com");
        insert.setLong(4, FIRST_JOINED + user);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  Connection reads() {
    return reads;
  }

  Connection writes() {
    return writes;
  }

  /** How many visits are written. */
  long visits() throws SQLException {
    synchronized (reads) {
      try (Statement statement = reads.createStatement();
          ResultSet count = statement.executeQuery("SELECT count(*) FROM visits")) {
        return count.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    reads.close();
    writes.close();
  }
}
