package dev.tenfold.gateway.accounts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Many users in one transaction. */
final class UserBatch {
  private static final int LARGEST = 100_000;
  private static final int COPY_BYTES = 64 << 10;

  private static final String STAGE =
      "CREATE TEMPORARY TABLE new_users (number BIGINT, id TEXT COLLATE \"C\", name TEXT,"
          + " email TEXT, email_key TEXT COLLATE \"C\", created_at BIGINT) ON COMMIT DROP";
  private static final String COPY =
      "COPY pg_temp.new_users (number, id, name, email, email_key, created_at) FROM STDIN";
  private static final String MOVE =
      "INSERT INTO users (id, name, email, email_key, created_at)"
          + " SELECT id, name, email, email_key, created_at FROM pg_temp.new_users";
  private static final String FIRST_TAKEN =
      "SELECT number, field FROM ("
          + "SELECT n.number, 'id' AS field FROM pg_temp.new_users n JOIN users u ON u.id = n.id"
          + " UNION ALL "
          + "SELECT n.number, 'email' FROM pg_temp.new_users n"
          + " JOIN users u ON u.email_key = n.email_key"
          + " UNION ALL "
          + "SELECT number, 'id' FROM (SELECT number, row_number() OVER"
          + " (PARTITION BY id ORDER BY number) AS nth FROM pg_temp.new_users) AS i WHERE nth > 1"
          + " UNION ALL "
          + "SELECT number, 'email' FROM (SELECT number, row_number() OVER"
          + " (PARTITION BY email_key ORDER BY number) AS nth FROM pg_temp.new_users) AS e"
          + " WHERE nth > 1"
          + ") AS taken ORDER BY number, field DESC LIMIT 1";

  private record Taken(long number, String field) {}

  private UserBatch() {}

  /** Takes all rows, and checks the form of each. */
  static List<User> checked(Iterator<NewUser> rows, Function<NewUser, User> maker) {
    List<User> all = new ArrayList<>();
    while (rows.hasNext()) {
      NewUser row = rows.next();
      long number = all.size() + 1L;
      if (number > LARGEST) {
        throw AccountsException.invalid("rows", "must be at most 100000").inRow(number);
      }
      try {
        Rules.check(row);
      } catch (AccountsException e) {
        throw e.inRow(number);
      }
      all.add(maker.apply(row));
    }
    return all;
  }

  static void insert(Session session, List<User> users) throws SQLException {
    if (session.connection().isWrapperFor(PGConnection.class)) {
      copy(session, users);
    } else {
      insertEach(session, users);
    }
  }

  private static void insertEach(Session session, List<User> users) throws SQLException {
    long number = 0;
    for (User user : users) {
      number++;
      try {
        UserTable.insert(session, user);
      } catch (SQLException e) {
        AccountsException rule = SqlFailures.brokenRule(e);
        if (rule != null) {
          throw rule.inRow(number);
        }
        throw e;
      }
    }
  }

  // By way of a table of its own, since COPY cannot say which row is taken.
  private static void copy(Session session, List<User> users) throws SQLException {
    Connection connection = session.connection();
    session.update("SET LOCAL statement_timeout = '60s'");
    session.update(STAGE);
    send(connection.unwrap(PGConnection.class), users);
    Savepoint sent = connection.setSavepoint();
    try {
      session.update(MOVE);
    } catch (SQLException e) {
      if (SqlFailures.brokenRule(e) == null) {
        throw e;
      }
      connection.rollback(sent);
      Taken taken = firstTaken(session);
      if (taken == null) {
        throw e;
      }
      throw AccountsException.conflict(taken.field(), "is taken").inRow(taken.number());
    }
  }

  private static @Nullable Taken firstTaken(Session session) throws SQLException {
    return session.first(FIRST_TAKEN, row -> new Taken(row.getLong(1), row.getString(2)));
  }

  private static void send(PGConnection connection, List<User> users) throws SQLException {
    CopyIn copy = connection.getCopyAPI().copyIn(COPY);
    try {
      ByteArrayOutputStream buffer = new ByteArrayOutputStream(COPY_BYTES + 1024);
      long number = 0;
      for (User user : users) {
        buffer.writeBytes(line(++number, user).getBytes(StandardCharsets.UTF_8));
        if (buffer.size() >= COPY_BYTES) {
          flush(copy, buffer);
        }
      }
      flush(copy, buffer);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void flush(CopyIn copy, ByteArrayOutputStream buffer) throws SQLException {
    copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
    buffer.reset();
  }

  // COPY's text format; control characters, which it would want escaped too, are refused before.
  private static String line(long number, User user) {
    String text =
        String.join(
            "\t",
            user.id(),
            escaped(user.name()),
            escaped(user.email()),
            escaped(Rules.emailKey(user.email())));
    return number + "\t" + text + "\t" + user.createdAt().toEpochMilli() + "\n";
  }

  private static String escaped(String text) {
    return text.indexOf('\\') < 0 ? text : text.replace("\\", "\\\\");
  }
}
