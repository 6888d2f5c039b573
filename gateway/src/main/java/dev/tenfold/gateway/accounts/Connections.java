package dev.tenfold.gateway.accounts;

import java.sql.SQLException;

/** Where connections come from. Thread-safe. */
interface Connections extends AutoCloseable {

  /** What a session is for. */
  enum Use {
    /** One query. */
    READ,
    /** One transaction, which the caller ends. */
    WRITE
  }

  /**
   * A session; waits for it, a few seconds at most. The caller closes it.
   *
   * @throws SQLException if there is none within that time
   */
  Session take(Use use) throws SQLException;

  /** Closes those that are idle, and those in use when they come back. */
  @Override
  void close();
}
