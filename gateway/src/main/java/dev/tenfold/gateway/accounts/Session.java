package dev.tenfold.gateway.accounts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /** All rows that a query finds. */
  <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = prepared(sql, values);
    try (ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } finally {
      done(statement);
    }
  }

  /** The first row that a query finds; null if it finds none. */
  <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    List<T> all = list(sql, reader, values);
    return all.isEmpty() ? null : all.getFirst();
  }

  /** Changes rows, and says how many. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql, values);
    try {
      return statement.executeUpdate();
    } finally {
      done(statement);
    }
  }

  /** Runs the same statement with each of the rows of values, sent together. */
  void batch(String sql, List<Object[]> rows) throws SQLException {
    PreparedStatement statement = prepared(sql);
    try {
      for (Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    } finally {
      statement.clearBatch();
      done(statement);
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = kept == null ? null : kept.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      if (kept != null) {
        kept.put(sql, statement);
      }
    }
    bind(statement, values);
    return statement;
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

  private void done(PreparedStatement statement) throws SQLException {
    if (kept == null) {
      statement.close();
    } else {
      statement.clearParameters();
    }
  }

  @Override
  public void close() throws SQLException {
    release.release();
  }
}
