package dev.tenfold.gateway.accounts;

import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of users, keys and usage: a file of SQLite, or PostgreSQL.
 *
 * <p>Thread-safe. It may be handed to those who use it before it is open: until then, and after
 * {@link #close}, what they do ends as {@link AccountsException.Kind#UNAVAILABLE}. Whoever made it
 * closes it.
 *
 * <p>Over SQLite one transaction is written at a time, and up to four queries run beside it. Over
 * PostgreSQL there are up to ten connections, and one more that listens for what other gateways
 * change. A transaction that met another in a deadlock is tried three times in all; so is what met
 * a broken connection, unless that was while it was confirmed, or took longer than two seconds.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int ATTEMPTS = 3;
  private static final long RETRY_NANOS = 2_000_000_000;
  private static final int PAUSE_MILLIS = 20;
  private static final int FIRST_WAIT_MILLIS = 250;
  private static final int LONGEST_WAIT_MILLIS = 5_000;
  private static final long LOG_NANOS = 60_000_000_000L;

  private final DatabaseUrl url;
  private final Changes changes = new Changes(System::nanoTime);
  private final Object opening = new Object();
  private volatile @Nullable Connections connections;
  private @Nullable ChangeListener listener; // guarded by opening
  private volatile boolean closed;

  /** Work with a session; it may be done more than once, so it keeps nothing from before. */
  @FunctionalInterface
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  /** A database that is not open yet. Nothing is asked of it. */
  public Database(DatabaseUrl url) {
    this.url = url;
  }

  /**
   * Makes or opens it, and brings its schema up to date; does nothing if it is open. Blocks; tried
   * once. Any number of processes may do so at once.
   *
   * @throws SchemaTooNewException if a newer program made it
   * @throws AccountsException of kind UNAVAILABLE if it cannot be reached, made or written
   * @throws IllegalArgumentException if the driver does not understand a parameter of the URL
   */
  public void open() {
    synchronized (opening) {
      if (closed) {
        throw AccountsException.unavailable("it is closed", null);
      }
      if (connections == null) {
        try {
          connections = connect();
        } catch (SQLException e) {
          throw SqlFailures.translated(e);
        }
      }
    }
  }

  private Connections connect() throws SQLException {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> {
        Migrations.run(sqlite, SqliteConnections.source(sqlite.file()));
        changes.areOnlyOurs();
        yield new SqliteConnections(sqlite.file());
      }
      case DatabaseUrl.Postgres postgres -> {
        Migrations.run(postgres, PostgresConnections.source(postgres));
        listener = ChangeListener.start(postgres, changes);
        yield new PostgresConnections(postgres);
      }
    };
  }

  /**
   * Does {@link #open} on a thread of its own. PostgreSQL that cannot be reached, or a file that is
   * locked, is tried again until it can be, after a quarter of a second at first and five at last;
   * the log says so once a minute.
   *
   * @return done when it is open; failed with what {@link #open} throws where trying again is of no
   *     use, and with a {@link CancellationException} if it was closed before
   */
  public CompletableFuture<Void> openInBackground() {
    CompletableFuture<Void> opened = new CompletableFuture<>();
    Thread.ofVirtual().name("database-open").start(() -> openUntilDone(opened));
    return opened;
  }

  private void openUntilDone(CompletableFuture<Void> opened) {
    long wait = FIRST_WAIT_MILLIS;
    long loggedAt = System.nanoTime() - LOG_NANOS;
    while (!closed) {
      try {
        open();
        opened.complete(null);
        return;
      } catch (AccountsException e) {
        if (!(e.getCause() instanceof SQLException cause && SqlFailures.mayPass(cause))) {
          opened.completeExceptionally(e);
          return;
        }
        if (System.nanoTime() - loggedAt >= LOG_NANOS) {
          LOG.warn("{}: {}; trying again", url, e.getMessage());
          loggedAt = System.nanoTime();
        }
      } catch (RuntimeException e) {
        opened.completeExceptionally(e);
        return;
      }
      pause(wait);
      wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
    }
    opened.completeExceptionally(new CancellationException("the database was closed"));
  }

  /** True if it can be used. */
  public boolean isOpen() {
    return connections != null;
  }

  /** Closes it. What is under way ends by itself or as UNAVAILABLE. */
  @Override
  public void close() {
    closed = true;
    synchronized (opening) {
      Connections open = connections;
      connections = null;
      if (listener != null) {
        listener.stop();
      }
      if (open != null) {
        open.close();
      }
    }
  }

  Changes changes() {
    return changes;
  }

  boolean isPostgres() {
    return url instanceof DatabaseUrl.Postgres;
  }

  /** Runs one query. */
  <T extends @Nullable Object> T read(Work<T> work) {
    return attempts(Connections.Use.READ, work);
  }

  /** Runs one transaction: all of the work is done when this returns, or none of it. */
  <T extends @Nullable Object> T write(Work<T> work) {
    return attempts(Connections.Use.WRITE, work);
  }

  private <T extends @Nullable Object> T attempts(Connections.Use use, Work<T> work) {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      Connections open = connections;
      if (open == null) {
        throw AccountsException.unavailable("it is not open", null);
      }
      try (Session session = open.take(use)) {
        return use == Connections.Use.READ ? work.run(session) : transaction(session, work);
      } catch (SQLException e) {
        boolean broken = SqlFailures.isConnection(e);
        if (broken && open instanceof PostgresConnections pool) {
          pool.refresh();
        }
        boolean again =
            SqlFailures.isDeadlock(e) || (broken && System.nanoTime() - start < RETRY_NANOS);
        if (!again || attempt == ATTEMPTS || !pause(PAUSE_MILLIS)) {
          throw SqlFailures.translated(e);
        }
      }
    }
  }

  private static <T extends @Nullable Object> T transaction(Session session, Work<T> work)
      throws SQLException {
    session.begin();
    try {
      T result = work.run(session);
      commit(session);
      return result;
    } catch (SQLException | RuntimeException e) {
      rollback(session, e);
      throw e;
    }
  }

  private static void commit(Session session) throws SQLException {
    try {
      session.commit();
    } catch (SQLException e) {
      if (SqlFailures.isConnection(e)) {
        throw AccountsException.unavailable("the connection broke while it was confirming", e);
      }
      throw e;
    }
  }

  private static void rollback(Session session, Exception reason) {
    try {
      session.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Waits for about that long; false if interrupted. */
  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
