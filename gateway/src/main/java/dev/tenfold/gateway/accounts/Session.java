package dev.tenfold.gateway.accounts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection for the time of one piece of work. Values go in as parameters only. A statement is
 * prepared once a connection: pgjdbc sees to that by itself (it knows a text again), for SQLite the
 * statements are kept here. For one thread.
 */
final class Session implements AutoCloseable {

  /** Makes something of the row at which a result stands. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final @Nullable Map<String, PreparedStatement> kept;
  private final Release release;

  /** Gives the connection back. */
  @FunctionalInterface
  interface Release {
    void release() throws SQLException;
  }

  /**
   * A session that is given back by {@link #close}.
   *
   * @param kept the statements that this connection has, by their text; null if the driver keeps
   *     them itself
   */
  Session(Connection connection, @Nullable Map<String, PreparedStatement> kept, Release release) {
    this.connection = connection;
    this.kept = kept;
    this.release = release;
  }

  Connection connection() {
    return connection;
  }

  /** Begins a transaction; over SQLite, the only one that may write. */
  void begin() throws SQLException {
    if (kept == null) {
      connection.setAutoCommit(false);
    } else {
      run("BEGIN IMMEDIATE");
    }
  }

  /** Ends the transaction; what it did is there for all. */
  void commit() throws SQLException {
    if (kept == null) {
      connection.commit();
    } else {
      run("COMMIT");
    }
  }

  /** Ends the transaction; what it did is undone. */
  void rollback() throws SQLException {
    if (kept == null) {
      connection.rollback();
    } else {
      run("ROLLBACK");
    }
  }

  // The driver's own transactions begin the next one when one ends, and so keep the file locked.
  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** All rows that a query finds. */
  <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    return run(
        sql,
        statement -> {
          bind(statement, values);
          try (ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
              all.add(reader.read(rows));
            }
            return all;
          }
        });
  }

  /** The first row that a query finds; null if it finds none. */
  <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    List<T> all = list(sql, reader, values);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** Changes rows, and says how many. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return run(
        sql,
        statement -> {
          bind(statement, values);
          return statement.executeUpdate();
        });
  }

  /** Runs the same statement with each of the rows of values, sent together. */
  void batch(String sql, List<Object[]> rows) throws SQLException {
    run(
        sql,
        statement -> {
          for (Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  @FunctionalInterface
  private interface Step<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(String sql, Step<T> step) throws SQLException {
    if (kept == null) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        return step.run(statement);
      }
    }
    PreparedStatement statement = kept.remove(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    try {
      T result = step.run(statement);
      statement.clearParameters();
      kept.put(sql, statement);
      return result;
    } catch (SQLException | RuntimeException e) {
      statement.close(); // the driver does not run one again that failed
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        statement.setNull(i + 1, Types.BIGINT); // the only columns that may be null are times
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    release.release();
  }
}
