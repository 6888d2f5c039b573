package dev.tenfold.gateway.accounts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to what this program knows. Any number of processes may do so at once: over
 * PostgreSQL, Flyway holds a lock of the server; over SQLite, a lock on a file beside the database
 * is held here. Flyway is asked only where there is something to do, since loading it takes longer
 * than all else.
 */
final class Migrations {
  /** The newest version in {@code db/migration/common}. */
  static final int SQLITE = 2;

  /** The newest version in {@code db/migration/common} and {@code db/migration/postgresql}. */
  static final int POSTGRES = 3;

  private static final String HISTORY = "flyway_schema_history";
  // Locks on files are for processes; the threads of one are told apart by this.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private Migrations() {}

  /**
   * Brings a database up to date.
   *
   * @throws SchemaTooNewException if a newer program was here; nothing is changed then
   * @throws SQLException if the database could not do it
   */
  static void run(DatabaseUrl.Postgres url, DataSource source) throws SQLException {
    run(
        url,
        source,
        POSTGRES,
        Map.of("text", "TEXT COLLATE \"C\"", "bytes", "BYTEA"),
        "classpath:db/migration/common",
        "classpath:db/migration/postgresql");
  }

  /** The same for a file of SQLite, which is made if there is none. */
  static void run(DatabaseUrl.Sqlite url, DataSource source) throws SQLException {
    Path file = url.file();
    IN_THIS_PROCESS.lock();
    try {
      SqliteConnections.make(file);
      Path beside = file.resolveSibling(file.getFileName() + ".lock");
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock(); // until the channel is closed
        run(
            url,
            source,
            SQLITE,
            Map.of("text", "TEXT", "bytes", "BLOB"),
            "classpath:db/migration/common");
      }
    } catch (IOException e) {
      throw AccountsException.unavailable("its file or folder cannot be made or written", e);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private static void run(
      DatabaseUrl url, DataSource source, int known, Map<String, String> types, String... locations)
      throws SQLException {
    int found = version(source);
    if (found < known) {
      migrate(source, types, locations);
      found = version(source);
    }
    if (found > known) {
      throw new SchemaTooNewException(url, found, known);
    }
  }

  private static void migrate(DataSource source, Map<String, String> types, String... locations)
      throws SQLException {
    try {
      Flyway.configure()
          .dataSource(source)
          .locations(locations)
          .placeholders(types)
          .table(HISTORY)
          .load()
          .migrate();
    } catch (FlywayException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException failure) {
          throw failure;
        }
      }
      throw AccountsException.unavailable("its schema is not one of ours", e);
    }
  }

  private static int version(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (!hasHistory(connection)) {
        return 0;
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history"
                  + " WHERE version IS NOT NULL")) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private static boolean hasHistory(Connection connection) throws SQLException {
    // Only what the search path has first counts, as for all of our statements.
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, null)) {
      return tables.next();
    }
  }
}
