package dev.tenfold.demo.steps;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Notes down who was here. */
interface Visits extends AutoCloseable {
  /** Sees to it that a visit gets into the database. */
  void note(Visit visit) throws IOException;

  /** Waits for those that are not written yet. */
  @Override
  void close();

  /** As on a first day: each visit is a job, a statement and a transaction of its own. */
  static Visits of(Connection connection, Background background) {
    return new Visits() {
      @Override
      public void note(Visit visit) {
        background.run(() -> insert(visit, connection));
      }

      @Override
      public void close() {
        background.close();
      }
    };
  }

  private static void insert(Visit visit, Connection connection) throws SQLException {
    synchronized (connection) {
      try (PreparedStatement insert = connection.prepareStatement(Database.VISIT)) {
        set(visit, insert);
        insert.executeUpdate();
      }
    }
  }

  /** Puts a visit into the statement that inserts one. */
  static void set(Visit visit, PreparedStatement insert) throws SQLException {
    insert.setLong(1, visit.atMillis());
    insert.setString(2, visit.user());
    insert.setString(3, visit.method());
  }
}
