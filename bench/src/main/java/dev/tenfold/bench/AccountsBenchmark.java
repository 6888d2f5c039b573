package dev.tenfold.bench;

import dev.tenfold.gateway.accounts.Accounts;
import dev.tenfold.gateway.accounts.Database;
import dev.tenfold.gateway.accounts.DatabaseUrl;
import dev.tenfold.gateway.accounts.NewUser;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Many users made in one transaction: as a batch, against a statement for each row; and a user
 * looked up through the cache, against a query. On a real PostgreSQL over a socket, and on SQLite.
 */
final class AccountsBenchmark {
  private static final int ROWS = 20_000;
  private static final int ROUNDS = 12;
  private static final int WARM_UPS = 3;
  private static final int LOOK_UPS = 20_000;
  private static final double NANOS_A_MILLI = 1e6;
  private static final double NANOS_A_MICRO = 1e3;
  private static final String INSERT =
      "INSERT INTO users (id, name, email, email_key, created_at) VALUES (?, ?, ?, ?, ?)";
  private static final String FIND = "SELECT id, name, email, created_at FROM users WHERE id = ?";

  private final Report report;

  /** One database, and a plain connection to it. */
  private record Place(String name, Accounts accounts, Connection plain) {}

  /** Work whose time is taken. */
  private interface Work {
    void run() throws SQLException;
  }

  private AccountsBenchmark(Report report) {
    this.report = report;
  }

  static Report run(LocalDate today) throws Exception {
    String loadAtStart = Machine.load();
    Report report = new Report("accounts", "Batches of users, and users from the cache", today);
    AccountsBenchmark benchmark = new AccountsBenchmark(report);
    Path folder = Files.createTempDirectory("tenfold-bench");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      String address = "127.0.0.1:" + postgres.getPort() + "/postgres";
      benchmark.measure(
          "PostgreSQL",
          DatabaseUrl.parse("postgresql://postgres:postgres@" + address, folder),
          "jdbc:postgresql://" + address + "?user=postgres&password=postgres");
      benchmark.measure(
          "SQLite",
          DatabaseUrl.parse("sqlite:bench.db", folder),
          "jdbc:sqlite:" + folder.resolve("bench.db"));
    }
    report.heading("How it was taken").paragraph(method());
    return report.setting(List.of(), "Serial", loadAtStart);
  }

  private void measure(String name, DatabaseUrl url, String jdbc) throws SQLException {
    try (Database database = new Database(url)) {
      database.open();
      try (Connection plain = DriverManager.getConnection(jdbc)) {
        Place place = new Place(name, new Accounts(database, InstantSource.system()), plain);
        inserts(place);
        lookUps(place);
      }
    }
  }

  private void inserts(Place place) throws SQLException {
    List<Double> batch = new ArrayList<>();
    List<Double> rows = new ArrayList<>();
    List<NewUser> users =
        IntStream.range(0, ROWS)
            .mapToObj(i -> new NewUser("user-" + i, "User " + i, "user-" + i + "@example.com"))
            .toList();
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      double batched = millis(() -> place.accounts().insert(users.iterator()));
      clear(place);
      double single = millis(() -> rowByRow(place.plain(), users));
      clear(place);
      if (round >= 0) {
        batch.add(batched);
        rows.add(single);
      }
    }
    ratio(place.name() + ", %,d users in one transaction".formatted(ROWS), batch, rows, "ms");
  }

  private static void rowByRow(Connection plain, List<NewUser> users) throws SQLException {
    plain.setAutoCommit(false);
    try (PreparedStatement insert = plain.prepareStatement(INSERT)) {
      for (NewUser user : users) {
        insert.setString(1, user.id());
        insert.setString(2, user.name());
        insert.setString(3, user.email());
        insert.setString(4, user.email().toLowerCase(Locale.ROOT));
        insert.setLong(5, System.currentTimeMillis());
        insert.executeUpdate();
      }
    }
    plain.commit();
    plain.setAutoCommit(true);
  }

  private static void clear(Place place) throws SQLException {
    try (PreparedStatement delete = place.plain().prepareStatement("DELETE FROM users")) {
      delete.executeUpdate();
    }
  }

  private void lookUps(Place place) throws SQLException {
    place.accounts().create(new NewUser("alice", "Alice", "alice@example.com"));
    List<Double> cached = new ArrayList<>();
    List<Double> queried = new ArrayList<>();
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      double known = millis(() -> throughTheCache(place.accounts()));
      double asked = millis(() -> byQuery(place.plain()));
      if (round >= 0) {
        cached.add(known * NANOS_A_MILLI / NANOS_A_MICRO / LOOK_UPS);
        queried.add(asked * NANOS_A_MILLI / NANOS_A_MICRO / LOOK_UPS);
      }
    }
    ratio(place.name() + ", a user by its id", cached, queried, "µs");
  }

  private static void throughTheCache(Accounts accounts) {
    for (int i = 0; i < LOOK_UPS; i++) {
      if (accounts.user("alice").isEmpty()) {
        throw new IllegalStateException("alice is gone");
      }
    }
  }

  private static void byQuery(Connection plain) throws SQLException {
    try (PreparedStatement find = plain.prepareStatement(FIND)) {
      for (int i = 0; i < LOOK_UPS; i++) {
        find.setString(1, "alice");
        try (ResultSet found = find.executeQuery()) {
          if (!found.next()) {
            throw new IllegalStateException("alice is gone");
          }
        }
      }
    }
  }

  private static double millis(Work work) throws SQLException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS_A_MILLI;
  }

  private void ratio(String what, List<Double> ours, List<Double> plain, String unit) {
    List<Double> ratios =
        IntStream.range(0, ours.size()).mapToObj(i -> plain.get(i) / ours.get(i)).toList();
    Spread ratio = Spread.of(ratios);
    report.paragraph(
        String.format(
            Locale.ROOT,
            "%s: **%,.1f times** as fast (middle half %,.1f to %,.1f).",
            what,
            ratio.median(),
            ratio.lowerQuartile(),
            ratio.upperQuartile()));
    report.spreads();
    report.spread("Tenfold, " + unit, Spread.of(ours), 3);
    report.spread("plain, " + unit, Spread.of(plain), 3);
  }

  private static String method() {
    return String.format(
        Locale.ROOT,
        """
        `bench/run accounts`: PostgreSQL 18 as it starts from Maven, over a socket of loopback, and SQLite in a file, each with its default settings. Making users:
        `Accounts.insert` (COPY on PostgreSQL, one statement run as a batch on SQLite, both with all checks) and a prepared statement for each row on a connection
        of its own, each in one transaction, in turn, %d times after %d that were not counted; the table is emptied in between. Looking up: `Accounts.user` through the cache and a
        prepared query, %,d times each in a round. Hit ratio of the cache 100%% but for the first; errors: none (each ends the run); upstream calls: none.\
        """,
        ROUNDS,
        WARM_UPS,
        LOOK_UPS);
  }
}
