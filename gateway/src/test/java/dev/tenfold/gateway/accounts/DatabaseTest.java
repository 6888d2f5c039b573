package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DatabaseTest {
  @TempDir Path folder;

  private DatabaseUrl sqlite() {
    return DatabaseUrl.parse("sqlite:sub/test.db", folder);
  }

  @Test
  void beforeItIsOpenAndAfterwardsItIsUnavailable() {
    Database database = new Database(sqlite());
    Accounts accounts = new Accounts(database, Clock.systemUTC());
    assertThatExceptionOfType(AccountsException.class)
        .isThrownBy(() -> accounts.user("one"))
        .withMessage("the database is not available: it is not open");

    database.open();
    assertThat(accounts.user("one")).isEmpty();

    database.close();
    assertThatExceptionOfType(AccountsException.class).isThrownBy(() -> accounts.user("one"));
    assertThatExceptionOfType(AccountsException.class).isThrownBy(database::open);
  }

  @Test
  void theFileIsForItsOwnerOnly() throws Exception {
    try (Database database = new Database(sqlite())) {
      database.open();
      try (Stream<Path> files = Files.list(folder.resolve("sub"))) {
        for (Path file : files.filter(f -> !f.toString().endsWith(".lock")).toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void manyMayStartAtOnceOverSqlite() {
    startAtOnce(sqlite());
  }

  @Test
  void manyMayStartAtOnceOverPostgres() {
    startAtOnce(PostgresServer.freshDatabase());
  }

  private static void startAtOnce(DatabaseUrl url) {
    List<Database> all = IntStream.range(0, 4).mapToObj(i -> new Database(url)).toList();
    List<CompletableFuture<Void>> opened = all.stream().map(Database::openInBackground).toList();
    CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new))
        .orTimeout(50, TimeUnit.SECONDS)
        .join();
    assertThat(all).allMatch(Database::isOpen);
    all.forEach(Database::close);
  }

  @Test
  void aNewerSchemaIsRefusedOverSqlite() throws Exception {
    new Database(sqlite()).open();
    try (Connection connection =
        SqliteConnections.source(folder.resolve("sub/test.db")).getConnection()) {
      pretendNewer(connection);
    }
    assertThatExceptionOfType(SchemaTooNewException.class)
        .isThrownBy(() -> new Database(sqlite()).open())
        .withMessageContaining("schema version 99")
        .withMessageContaining("up to " + Migrations.SQLITE)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aNewerSchemaIsRefusedOverPostgres() throws Exception {
    DatabaseUrl.Postgres url = PostgresServer.freshDatabase();
    try (Database database = new Database(url)) {
      database.open();
    }
    try (Connection connection = PostgresConnections.source(url).getConnection()) {
      pretendNewer(connection);
    }
    assertThat(new Database(url).openInBackground())
        .failsWithin(50, TimeUnit.SECONDS)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .havingCause()
        .isInstanceOf(SchemaTooNewException.class)
        .withMessageContaining("schema version 99");
  }

  private static void pretendNewer(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success)"
              + " VALUES (99, '99', 'x', 'SQL', 'V99__x.sql', 1, 'x', 1, true)");
    }
  }

  @Test
  void theVersionsInTheCodeAreThoseOfTheFiles() throws Exception {
    int common = newest("common");
    assertThat(Migrations.SQLITE).isEqualTo(common);
    assertThat(Migrations.POSTGRES).isEqualTo(Math.max(common, newest("postgresql")));
  }

  private static int newest(String dialect) throws Exception {
    URL url = Objects.requireNonNull(DatabaseTest.class.getResource("/db/migration/" + dialect));
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
          .max()
          .orElseThrow();
    }
  }

  @Test
  void noFailureHasThePasswordInIt() {
    String url = "postgresql://postgres:hunter2@127.0.0.1:1/nothing?connectTimeout=1";
    assertThatExceptionOfType(AccountsException.class)
        .isThrownBy(() -> new Database(DatabaseUrl.parse(url, folder)).open())
        .withMessage("the database is not available: it cannot be reached")
        .satisfies(e -> assertThat(trace(e)).doesNotContain("hunter2"));
    String wrong = "postgresql://postgres:hunter2@127.0.0.1:1/nothing?connectTimeout=hunter2";
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> new Database(DatabaseUrl.parse(wrong, folder)).open())
        .satisfies(e -> assertThat(trace(e)).doesNotContain("postgres:hunter2"));
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void whatCannotBeReachedIsTriedUntilItIsClosed() {
    String url = "postgresql://postgres:hunter2@127.0.0.1:1/nothing";
    Database database = new Database(DatabaseUrl.parse(url, folder));
    CompletableFuture<Void> opened = database.openInBackground();
    assertThat(database.isOpen()).isFalse();
    database.close();
    assertThat(opened)
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableOfType(CancellationException.class);
  }

  @Test
  void aFileThatIsNoDatabaseIsSaidAtOnce() throws Exception {
    Files.writeString(folder.resolve("text.db"), "this is no database at all".repeat(100));
    Database database = new Database(DatabaseUrl.parse("sqlite:text.db", folder));
    assertThat(database.openInBackground())
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .havingCause()
        .withMessageContaining("damaged, or is no database");
  }
}
