package dev.tenfold.gateway.accounts;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the failures of the drivers mean to us. No message of a driver becomes one of ours. */
final class SqlFailures {
  private static final Set<String> WON_BY_ANOTHER = Set.of("40001", "40P01");
  private static final Set<String> CUT_OFF = Set.of("57P01", "57P02", "57P03", "57P05");

  private static final Set<String> PASSING_CLASSES =
      Set.of("08", "25", "28", "3D", "40", "53", "55", "57");

  private static final Set<Integer> SQLITE_DATA =
      Set.of(
          SQLiteErrorCode.SQLITE_CONSTRAINT.code,
          SQLiteErrorCode.SQLITE_TOOBIG.code,
          SQLiteErrorCode.SQLITE_MISMATCH.code);

  private SqlFailures() {}

  /** True if two transactions were in each other's way, and this one was undone. */
  static boolean isDeadlock(SQLException e) {
    return WON_BY_ANOTHER.contains(state(e));
  }

  /** True if the connection is gone, or there was none. */
  static boolean isConnection(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || CUT_OFF.contains(state);
  }

  /**
   * True if it may pass: the server is away, busy, or set up otherwise by whoever runs it; or
   * another process writes to the file of SQLite.
   */
  static boolean mayPass(SQLException e) {
    if (cause(e) instanceof SQLiteException sqlite) {
      int code = sqlite.getErrorCode() & 0xFF;
      return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }
    String state = state(e);
    return state.isEmpty() || PASSING_CLASSES.contains(state.substring(0, 2));
  }

  /** True if it is the fault of what was to be written: it will not pass by itself. */
  static boolean isOfTheData(SQLException e) {
    if (cause(e) instanceof SQLiteException sqlite) {
      return SQLITE_DATA.contains(sqlite.getErrorCode() & 0xFF);
    }
    String state = state(e);
    return state.startsWith("22") || state.startsWith("23");
  }

  /** What it is to whoever asked. */
  static AccountsException translated(SQLException e) {
    AccountsException rule = brokenRule(e);
    return rule != null ? rule : AccountsException.unavailable(why(e), e);
  }

  /** The rule of the schema that was broken; null if it was none. */
  static @Nullable AccountsException brokenRule(SQLException e) {
    String name = constraint(e);
    return switch (name) {
      case "" -> null;
      case "users_pkey", "users.id" -> AccountsException.conflict("id", "is taken");
      case "users_email_key", "users.email_key" -> AccountsException.conflict("email", "is taken");
      case "api_keys_user_id", "FOREIGN KEY" -> AccountsException.notFound("user");
      default -> null;
    };
  }

  private static String constraint(SQLException e) {
    SQLException cause = cause(e);
    if (cause instanceof SQLiteException sqlite) {
      return sqliteConstraint(sqlite);
    }
    if (cause instanceof PSQLException postgres && state(e).startsWith("23")) {
      ServerErrorMessage message = postgres.getServerErrorMessage();
      String name = message == null ? null : message.getConstraint();
      return name == null ? "" : name;
    }
    return "";
  }

  // SQLite names columns in its message, and there only.
  private static String sqliteConstraint(SQLiteException e) {
    String message = e.getMessage();
    if ((e.getErrorCode() & 0xFF) != SQLiteErrorCode.SQLITE_CONSTRAINT.code || message == null) {
      return "";
    }
    for (String column : new String[] {"users.id", "users.email_key", "FOREIGN KEY"}) {
      if (message.contains(column)) {
        return column;
      }
    }
    return "";
  }

  private static String why(SQLException e) {
    return cause(e) instanceof SQLiteException sqlite ? sqliteWhy(sqlite) : postgresWhy(state(e));
  }

  private static String postgresWhy(String state) {
    if (state.startsWith("08") || CUT_OFF.contains(state)) {
      return "it cannot be reached";
    }
    if (state.startsWith("28")) {
      return "it refuses our user or password";
    }
    if (state.startsWith("53")) {
      return "53300".equals(state) ? "it has no connection left" : "it is out of resources";
    }
    return switch (state) {
      case "25006" -> "it is read-only";
      case "40001", "40P01" -> "others were in the way, again and again";
      case "55P03", "57014" -> "it takes too long";
      case "3D000" -> "there is no database of that name";
      case "42501" -> "our user may not do that";
      case "" -> "no connection is free";
      default -> "it failed with SQLState " + state;
    };
  }

  private static String sqliteWhy(SQLiteException e) {
    int code = e.getErrorCode() & 0xFF;
    return switch (code) {
      case 5, 6 -> "the file is locked";
      case 8 -> "the file is read-only";
      case 10 -> "the file cannot be read or written";
      case 11, 26 -> "the file is damaged, or is no database";
      case 13 -> "the disk is full";
      case 14 -> "the file cannot be opened";
      default -> "it failed with SQLite's code " + code;
    };
  }

  // A batch and a pool wrap what happened.
  private static SQLException cause(SQLException e) {
    if (e instanceof PSQLException || e instanceof SQLiteException) {
      return e;
    }
    if (e instanceof BatchUpdateException && e.getNextException() != null) {
      return cause(e.getNextException());
    }
    return e.getCause() instanceof SQLException inner ? cause(inner) : e;
  }

  private static String state(SQLException e) {
    String state = cause(e).getSQLState();
    return state == null ? "" : state;
  }
}
