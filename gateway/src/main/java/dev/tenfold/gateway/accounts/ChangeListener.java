package dev.tenfold.gateway.accounts;

import dev.tenfold.gateway.accounts.Changes.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears over a connection of its own what other gateways change in PostgreSQL.
 *
 * <p>Triggers tell of each change when it is committed ({@code V3__changes.sql}). Whether the
 * connection still carries them is found out four times a second by a statement: the server hands
 * out what was committed before it, and then its answer. So when the answer is there, all until the
 * statement was sent has been heard. A lost connection is opened again after 0.1 to 2 seconds.
 */
final class ChangeListener {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);
  private static final int HEARTBEAT_MILLIS = 250;
  private static final int ANSWER_SECONDS = 2;
  private static final int FIRST_WAIT_MILLIS = 100;
  private static final int LONGEST_WAIT_MILLIS = 2_000;

  private final DataSource source;
  private final Changes changes;
  private final Thread thread;
  private volatile boolean stopped;
  private boolean silent; // of the thread
  private long wait = FIRST_WAIT_MILLIS;

  private ChangeListener(DataSource source, Changes changes) {
    this.source = source;
    this.changes = changes;
    this.thread = Thread.ofVirtual().name("change-listener").unstarted(this::run);
  }

  static ChangeListener start(DatabaseUrl.Postgres url, Changes changes) {
    ChangeListener listener =
        new ChangeListener(PostgresConnections.source(url, ANSWER_SECONDS), changes);
    listener.thread.start();
    return listener;
  }

  void stop() {
    stopped = true;
    thread.interrupt();
  }

  private void run() {
    while (!stopped) {
      try (Connection connection = source.getConnection()) {
        hear(connection);
      } catch (SQLException e) {
        tellOnce(SqlFailures.translated(e));
      }
      changes.lost();
      pause();
    }
  }

  private void tellOnce(AccountsException e) {
    if (!silent && !stopped) {
      silent = true;
      LOG.warn("changes by other gateways are not heard for now: {}", e.getMessage());
    }
  }

  private void heardAgain() {
    wait = FIRST_WAIT_MILLIS;
    if (silent) {
      silent = false;
      LOG.info("changes by other gateways are heard again");
    }
  }

  private void hear(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (Statement statement = connection.createStatement()) {
      long before = changes.now();
      statement.execute("LISTEN tenfold_changes");
      changes.connectedAt(before);
      heardAgain();
      while (!stopped) {
        announce(postgres.getNotifications(HEARTBEAT_MILLIS));
        before = changes.now();
        statement.execute("SELECT 1");
        announce(postgres.getNotifications());
        changes.heardAllUntil(before);
      }
    }
  }

  private void announce(PGNotification @Nullable [] notifications) {
    if (notifications == null || notifications.length == 0) {
      return;
    }
    Set<String> users = new HashSet<>();
    Set<String> keys = new HashSet<>();
    boolean all = false;
    for (PGNotification notification : notifications) {
      String what = notification.getParameter();
      if (what.startsWith("user:")) {
        users.add(what.substring("user:".length()));
      } else if (what.startsWith("key:")) {
        keys.add(what.substring("key:".length()));
      } else {
        all = true;
      }
    }
    changes.announce(new Change(users, keys, all));
  }

  private void pause() {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // only stop() interrupts
    }
    wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
  }
}
