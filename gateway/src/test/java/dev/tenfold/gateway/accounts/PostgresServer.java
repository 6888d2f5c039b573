package dev.tenfold.gateway.accounts;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of this process, with a fresh database for each that asks. */
final class PostgresServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The URL of a new and empty database. */
  static DatabaseUrl.Postgres freshDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    runIn("postgres", "CREATE DATABASE " + name);
    return url("postgres", "postgres", name, "");
  }

  static DatabaseUrl.Postgres url(
      String user, String password, String database, String parameters) {
    return (DatabaseUrl.Postgres)
        DatabaseUrl.parse(
            "postgresql://%s:%s@127.0.0.1:%d/%s%s"
                .formatted(user, password, Shared.SERVER.getPort(), database, parameters),
            Path.of("unused"));
  }

  /** Runs statements as the server's owner. */
  static void runIn(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection of the server's owner, for the test to close. */
  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + Shared.SERVER.getPort() + "/" + database,
        "postgres",
        "postgres");
  }
}
