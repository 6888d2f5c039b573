package dev.tenfold.gateway.accounts;

import org.jspecify.annotations.Nullable;

/**
 * Why something could not be done with users, keys or usage. The message is for whoever asked: it
 * has no address, password or key in it, and names the field, never what was in it. The cause of
 * {@link Kind#UNAVAILABLE} is what the driver said, for the log: host and user may be in it, the
 * password is not.
 */
public final class AccountsException extends RuntimeException {

  /** What it means to whoever asked. */
  public enum Kind {
    /** What was asked for has not the form that it must have; asking again is of no use. */
    INVALID,
    /** There is no such user or key. */
    NOT_FOUND,
    /** It is taken, or was revoked. */
    CONFLICT,
    /**
     * The database could not do it now: down, read-only, locked, out of connections, too slow.
     * Nothing was changed, unless the connection broke while a change was being confirmed; then it
     * may have been.
     */
    UNAVAILABLE
  }

  private final Kind kind;
  private final @Nullable String field;
  private final long row;

  private AccountsException(
      Kind kind, @Nullable String field, long row, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.field = field;
    this.row = row;
  }

  static AccountsException invalid(String field, String rule) {
    return new AccountsException(Kind.INVALID, field, 0, field + " " + rule, null);
  }

  static AccountsException notFound(String what) {
    return new AccountsException(Kind.NOT_FOUND, "id", 0, "there is no such " + what, null);
  }

  static AccountsException conflict(String field, String rule) {
    return new AccountsException(Kind.CONFLICT, field, 0, field + " " + rule, null);
  }

  static AccountsException unavailable(String why, @Nullable Throwable cause) {
    return new AccountsException(
        Kind.UNAVAILABLE, null, 0, "the database is not available: " + why, cause);
  }

  /** The same, of a row of a batch. */
  AccountsException inRow(long number) {
    return new AccountsException(
        kind, field, number, "row " + number + ": " + getMessage(), getCause());
  }

  /** What it means. */
  public Kind kind() {
    return kind;
  }

  /** The field that it is about, by its name in the API; null if it is about none. */
  public @Nullable String field() {
    return field;
  }

  /** The row of the batch that it is about, from 1; 0 if it is about none. */
  public long row() {
    return row;
  }
}
