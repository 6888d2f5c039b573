package dev.tenfold.demo.steps;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The users of the backend. */
interface Users {
  /**
   * A user.
   *
   * @throws BadQuestionException if there is none
   */
  User find(String id) throws IOException;

  /** As on a first day: a statement is prepared and run for each question. */
  static Users of(Connection connection) {
    return id -> {
      synchronized (connection) {
        try (PreparedStatement select = connection.prepareStatement(Database.USER)) {
          return find(id, select);
        } catch (SQLException e) {
          throw new IOException("the database failed", e);
        }
      }
    };
  }

  /** Runs the statement that finds a user. */
  static User find(String id, PreparedStatement select) throws SQLException, BadQuestionException {
    select.setString(1, id);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new BadQuestionException("there is no user " + id);
      }
      return new User(row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
    }
  }
}
