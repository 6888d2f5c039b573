package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.KeyDirectory.Unavailable;
import dev.tenfold.gateway.access.KeyDirectory.Unknown;
import dev.tenfold.gateway.access.KeyHash;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What callers get while something is wrong with the database, and that it goes on afterwards. */
@Timeout(60)
class DatabaseFaultsTest {
  private static final Instant HOUR = Instant.parse("2026-11-26T10:00:00Z");
  private static final UsageChunk CHUNK =
      UsageChunk.of(List.of(new UsageRow("k", "c", "m", HOUR, 1, 1, 1, 1, 1, 1, 1)));

  @TempDir Path folder;

  /** A gateway with one user, and a key of it that was found before. */
  private static final class Opened implements AutoCloseable {
    final Database database;
    final Accounts accounts;
    final StoredKeys keys;
    final UsageStore usage;
    final KeyHash hash;

    Opened(DatabaseUrl url) {
      database = new Database(url);
      accounts = new Accounts(database, Clock.systemUTC());
      keys = new StoredKeys(database);
      usage = new UsageStore(database, Clock.systemUTC());
      database.open();
      accounts.create(new NewUser("one", "Ada", "ada@example.org"));
      hash = accounts.issueKey("one", NewKey.named("k")).secret().hash();
      StoredKeysContract.settle(database);
      assertThat(find(hash)).isInstanceOf(Found.class);
    }

    Lookup find(KeyHash of) {
      return StoredKeysContract.find(keys, of);
    }

    long calls() {
      return usage.usage(null, HOUR, HOUR.plusSeconds(1), 10).stream()
          .mapToLong(UsageRow::calls)
          .sum();
    }

    @Override
    public void close() {
      database.close();
    }
  }

  private static void assertUnavailable(String why, ThrowingCallable call) {
    assertThatExceptionOfType(AccountsException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(AccountsException.Kind.UNAVAILABLE))
        .withMessage("the database is not available: " + why);
  }

  private static NewUser two() {
    return new NewUser("two", "Grace", "grace@example.org");
  }

  private static String nameOf(DatabaseUrl.Postgres url) {
    return url.address().substring(url.address().indexOf('/') + 1);
  }

  private static void cutOff(String database) {
    PostgresServer.runIn(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + database
            + "'");
  }

  @Test
  void aKilledServerCostsNewKeysOnlyAndComesBack() throws Exception {
    try (MortalPostgres server = new MortalPostgres(folder.resolve("pg"));
        Opened gateway = new Opened(server.url())) {
      server.kill();

      assertThat(gateway.find(gateway.hash)).isInstanceOf(Found.class);
      assertThat(gateway.find(KeyHash.of("another"))).isInstanceOf(Unavailable.class);
      assertUnavailable("it cannot be reached", () -> gateway.accounts.create(two()));
      assertUnavailable("it cannot be reached", () -> gateway.usage.write(List.of(CHUNK)));

      server.start();

      Waiting.until(() -> gateway.find(KeyHash.of("another")) instanceof Unknown);
      Waiting.until(() -> written(gateway));
      gateway.usage.write(List.of(CHUNK));
      assertThat(gateway.calls()).isEqualTo(1);
      assertThat(gateway.find(gateway.hash)).isInstanceOf(Found.class);
      gateway.accounts.create(two());
    }
  }

  private static boolean written(Opened gateway) {
    try {
      gateway.usage.write(List.of(CHUNK));
      return true;
    } catch (AccountsException e) {
      return false;
    }
  }

  @Test
  void connectionsThatAreCutOffAreOpenedAnewWithoutAFailure() {
    DatabaseUrl.Postgres url = PostgresServer.freshDatabase();
    try (Opened gateway = new Opened(url)) {
      cutOff(nameOf(url));
      gateway.accounts.create(two());

      cutOff(nameOf(url));
      assertThat(gateway.find(KeyHash.of("another"))).isInstanceOf(Unknown.class);
      gateway.usage.write(List.of(CHUNK));
      assertThat(gateway.calls()).isEqualTo(1);
    }
  }

  @Test
  void aReadOnlyServerIsReadAndSaysSoToWriters() {
    DatabaseUrl.Postgres url = PostgresServer.freshDatabase();
    String name = nameOf(url);
    try (Opened gateway = new Opened(url)) {
      PostgresServer.runIn(
          "postgres", "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
      cutOff(name);

      assertUnavailable("it is read-only", () -> gateway.accounts.create(two()));
      assertUnavailable(
          "it is read-only", () -> gateway.accounts.insert(List.of(two()).iterator()));
      assertUnavailable("it is read-only", () -> gateway.usage.write(List.of(CHUNK)));
      assertThat(gateway.accounts.user("one")).isPresent();
      assertThat(gateway.find(gateway.hash)).isInstanceOf(Found.class);
      assertThat(gateway.find(KeyHash.of("another"))).isInstanceOf(Unknown.class);
      try (Database other = new Database(url)) {
        other.open();
      }
    }
  }

  @Test
  void aServerWithoutAFreeConnectionIsUnavailable() {
    DatabaseUrl.Postgres owner = PostgresServer.freshDatabase();
    String name = nameOf(owner);
    PostgresServer.runIn(
        "postgres",
        "DROP ROLE IF EXISTS limited",
        "CREATE ROLE limited LOGIN PASSWORD 'secret'",
        "ALTER DATABASE " + name + " OWNER TO limited");
    DatabaseUrl.Postgres url = PostgresServer.url("limited", "secret", name, "");
    try (Opened gateway = new Opened(url)) {
      PostgresServer.runIn("postgres", "ALTER ROLE limited CONNECTION LIMIT 0");
      cutOff(name);

      assertUnavailable("it has no connection left", () -> gateway.accounts.create(two()));
      assertThat(gateway.find(gateway.hash)).isInstanceOf(Found.class);
      assertThat(gateway.find(KeyHash.of("another"))).isInstanceOf(Unavailable.class);

      PostgresServer.runIn("postgres", "ALTER ROLE limited CONNECTION LIMIT -1");
      Waiting.until(() -> gateway.find(KeyHash.of("another")) instanceof Unknown);
    }
  }

  @Test
  void aTransactionThatMetAnotherInADeadlockIsDoneAgain() throws Exception {
    DatabaseUrl.Postgres url = PostgresServer.freshDatabase();
    String name = nameOf(url);
    PostgresServer.runIn("postgres", "ALTER DATABASE " + name + " SET deadlock_timeout = '50ms'");
    String lock = "UPDATE users SET name = name WHERE id = ?";
    AtomicInteger attempts = new AtomicInteger();
    try (Opened gateway = new Opened(url);
        Connection other = PostgresServer.connect(name);
        Statement statement = other.createStatement()) {
      gateway.accounts.create(two());
      statement.execute("SET deadlock_timeout = '30s'");
      other.setAutoCommit(false);
      statement.execute(lock.replace("?", "'one'"));

      gateway.database.write(
          session -> {
            session.update(lock, "two");
            if (attempts.incrementAndGet() == 1) {
              Thread.ofVirtual().start(() -> lockAndCommit(other, lock.replace("?", "'two'")));
              Waiting.until(() -> isWaiting(name));
            }
            return session.update(lock, "one");
          });

      assertThat(attempts).hasValue(2);
    }
  }

  private static void lockAndCommit(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isWaiting(String database) {
    try (Connection connection = PostgresServer.connect("postgres");
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '"
                    + database
                    + "'")) {
      return rows.next();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSlowServerIsNotWaitedForAndLookUpsAreBounded() throws Exception {
    DatabaseUrl.Postgres url = PostgresServer.freshDatabase();
    try (Opened gateway = new Opened(url);
        Connection other = PostgresServer.connect(nameOf(url));
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE api_key_secrets IN ACCESS EXCLUSIVE MODE");

      List<Future<Lookup>> waiting =
          IntStream.range(0, StoredKeys.LOOK_UPS)
              .mapToObj(i -> gateway.keys.find(KeyHash.of("k" + i)))
              .toList();
      Future<Lookup> beyond = gateway.keys.find(KeyHash.of("one more"));
      assertThat(beyond.result()).isInstanceOf(Unavailable.class);
      assertThat(gateway.find(gateway.hash)).isInstanceOf(Found.class);
      for (Future<Lookup> one : waiting) {
        assertThat(one.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
            .isInstanceOf(Unavailable.class);
      }
      other.rollback();
      Waiting.until(() -> gateway.find(KeyHash.of("k0")) instanceof Unknown);
    }
  }

  @Test
  void aStatementThatTakesTooLongIsUnavailable() throws Exception {
    DatabaseUrl.Postgres fresh = PostgresServer.freshDatabase();
    DatabaseUrl.Postgres url =
        PostgresServer.url(
            "postgres", "postgres", nameOf(fresh), "?options=-c%20statement_timeout=200ms");
    try (Opened gateway = new Opened(url);
        Connection other = PostgresServer.connect(nameOf(url));
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");

      assertUnavailable("it takes too long", () -> gateway.accounts.create(two()));
      assertUnavailable("it takes too long", () -> gateway.accounts.user("two"));
      other.rollback();
      gateway.accounts.create(two());
    }
  }

  @Test
  void aLockedFileIsReadAndUnavailableToWriters() throws Exception {
    DatabaseUrl.Sqlite url = (DatabaseUrl.Sqlite) DatabaseUrl.parse("sqlite:test.db", folder);
    try (Opened gateway = new Opened(url);
        Connection other = SqliteConnections.source(url.file()).getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertUnavailable("the file is locked", () -> gateway.accounts.create(two()));
      assertThat(gateway.accounts.user("one")).isPresent();
      assertThat(gateway.find(KeyHash.of("another"))).isInstanceOf(Unknown.class);

      statement.execute("ROLLBACK");
      gateway.accounts.create(two());
    }
  }

  @Test
  void aFullDiskLeavesNothingOfATransaction() {
    DatabaseUrl url = DatabaseUrl.parse("sqlite:test.db", folder);
    try (Opened gateway = new Opened(url)) {
      gateway.database.write(
          session -> session.list("PRAGMA max_page_count = 40", row -> row.getInt(1)));

      assertUnavailable(
          "the disk is full",
          () ->
              gateway.accounts.insert(
                  IntStream.range(0, 5_000)
                      .mapToObj(i -> new NewUser(null, "n", i + "@example.org"))
                      .iterator()));
      assertThat(gateway.accounts.users(null, 10).items()).hasSize(1);
      gateway.accounts.create(two());
    }
  }

  @Test
  void aStatementIsPreparedOnceAConnection() {
    try (Opened gateway = new Opened(PostgresServer.freshDatabase())) {
      for (int i = 0; i < 100; i++) {
        assertThat(gateway.accounts.user("nobody" + i)).isEmpty();
      }

      List<Integer> executions =
          gateway.database.read(
              session ->
                  session.list(
                      "SELECT generic_plans + custom_plans FROM pg_prepared_statements"
                          + " WHERE statement LIKE 'SELECT id, name, email, created_at FROM users"
                          + " WHERE id = %'",
                      row -> row.getInt(1)));

      assertThat(executions).containsExactly(100);
    }
  }

  @Test
  void aPoolThatIsClosedUnderItsUsersIsUnavailable() {
    try (Opened gateway = new Opened(PostgresServer.freshDatabase())) {
      CompletableFuture<Void> closing = CompletableFuture.runAsync(gateway.database::close);
      closing.orTimeout(20, TimeUnit.SECONDS).join();
      assertUnavailable("it is not open", () -> gateway.accounts.create(two()));
    }
  }
}
