package dev.tenfold.gateway.accounts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** A pool of connections to PostgreSQL. */
final class PostgresConnections implements Connections {
  private static final int CONNECTIONS = 10;
  private static final int WAIT_MILLIS = 3_000;
  private static final int VALIDATION_MILLIS = 1_000;
  private static final int IDLE_MILLIS = 60_000;

  private static final int ANSWER_SECONDS = 15;

  private final HikariDataSource pool;

  PostgresConnections(DatabaseUrl.Postgres url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("accounts");
    config.setDataSource(source(url));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setIdleTimeout(IDLE_MILLIS);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(VALIDATION_MILLIS);
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
  }

  /**
   * Connections with what all of ours have; what the URL says goes before.
   *
   * @throws IllegalArgumentException if the driver does not understand the URL; the message has
   *     nothing of it
   */
  static DataSource source(DatabaseUrl.Postgres url) {
    return source(url, ANSWER_SECONDS);
  }

  /** The same, with the time in seconds after which a connection that says nothing is given up. */
  static DataSource source(DatabaseUrl.Postgres url, int answerSeconds) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(url.jdbcUrl());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the address or a parameter is not understood");
    }
    if (url.user() != null) {
      source.setUser(url.user());
    }
    if (url.password() != null) {
      source.setPassword(url.password());
    }
    Set<String> given =
        Arrays.stream(url.parameters().split("&"))
            .map(parameter -> parameter.split("=", 2)[0])
            .collect(Collectors.toSet());
    set(source, given, PGProperty.APPLICATION_NAME, "tenfold");
    set(source, given, PGProperty.CONNECT_TIMEOUT, "3");
    set(source, given, PGProperty.LOGIN_TIMEOUT, "5");
    set(source, given, PGProperty.SOCKET_TIMEOUT, Integer.toString(answerSeconds));
    set(source, given, PGProperty.TCP_KEEP_ALIVE, "true");
    set(source, given, PGProperty.PREPARE_THRESHOLD, "1");
    // With it the driver's messages would have names and addresses of users in them.
    set(source, given, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
    set(
        source,
        given,
        PGProperty.OPTIONS,
        "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s");
    return source;
  }

  private static void set(
      PGSimpleDataSource source, Set<String> given, PGProperty property, String value) {
    if (given.contains(property.getName())) {
      return;
    }
    source.setProperty(property, value);
  }

  @Override
  public Session take(Use use) throws SQLException {
    Connection connection = pool.getConnection();
    return new Session(connection, null, connection::close);
  }

  /** Has all connections opened anew: where one was cut off, the others most likely were too. */
  void refresh() {
    var control = pool.getHikariPoolMXBean();
    if (control != null) {
      control.softEvictConnections();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
