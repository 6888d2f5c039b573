package dev.tenfold.gateway.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on users. */
final class UserTable {
  private static final String FIND = "SELECT id, name, email, created_at FROM users WHERE id = ?";
  private static final String PAGE =
      "SELECT id, name, email, created_at FROM users WHERE id > ? ORDER BY id LIMIT ?";
  // Reads and writes in one statement, so that two changes at once do not undo each other. A null
  // goes in as a number, hence the casts.
  private static final String UPDATE =
      "UPDATE users SET name = coalesce(CAST(? AS TEXT), name),"
          + " email = coalesce(CAST(? AS TEXT), email),"
          + " email_key = coalesce(CAST(? AS TEXT), email_key)"
          + " WHERE id = ? RETURNING id, name, email, created_at";
  private static final String DELETE = "DELETE FROM users WHERE id = ?";
  private static final String INSERT =
      "INSERT INTO users (id, name, email, email_key, created_at) VALUES (?, ?, ?, ?, ?)";

  private UserTable() {}

  static @Nullable User find(Session session, String id) throws SQLException {
    return session.first(FIND, UserTable::user, id);
  }

  static List<User> page(Session session, String after, int limit) throws SQLException {
    return session.list(PAGE, UserTable::user, after, limit);
  }

  static void insert(Session session, User user) throws SQLException {
    session.update(
        INSERT,
        user.id(),
        user.name(),
        user.email(),
        Rules.emailKey(user.email()),
        user.createdAt().toEpochMilli());
  }

  static @Nullable User update(Session session, String id, UserChange change) throws SQLException {
    String email = change.email();
    String key = email == null ? null : Rules.emailKey(email);
    return session.first(UPDATE, UserTable::user, change.name(), email, key, id);
  }

  static boolean delete(Session session, String id) throws SQLException {
    return session.update(DELETE, id) > 0;
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)));
  }
}
