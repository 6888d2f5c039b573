package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.KeyDirectory.Unknown;
import dev.tenfold.gateway.access.KeyHash;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract, and what holds between two gateways with one database. */
class StoredKeysPostgresTest extends StoredKeysContract {
  private static final long SECOND = 1_000_000_000;

  @Override
  DatabaseUrl freshDatabase() {
    return PostgresServer.freshDatabase();
  }

  /** Two gateways; the first makes changes, the second is to hear of them. */
  private static final class Two implements AutoCloseable {
    final DatabaseUrl.Postgres url = PostgresServer.freshDatabase();
    final Database first = new Database(url);
    final Database second = new Database(url);
    final Accounts accounts = new Accounts(first, Clock.systemUTC());
    final Accounts others = new Accounts(second, Clock.systemUTC());
    final StoredKeys keys = new StoredKeys(second);

    Two() {
      first.open();
      second.open();
      accounts.create(new NewUser("one", "Ada", "ada@example.org"));
      listens();
    }

    void listens() {
      settle(second);
    }

    String databaseName() {
      return url.address().substring(url.address().indexOf('/') + 1);
    }

    @Override
    public void close() {
      first.close();
      second.close();
    }
  }

  private static boolean isUnknown(@Nullable Lookup lookup) {
    return lookup instanceof Unknown;
  }

  @Test
  void aRevocationIsSeenByAnotherGatewayWithinASecond() {
    try (Two two = new Two()) {
      IssuedKey issued = two.accounts.issueKey("one", NewKey.named("k"));
      KeyHash hash = issued.secret().hash();
      two.listens();
      assertThat(find(two.keys, hash)).isInstanceOf(Found.class);
      assertThat(two.keys.known(hash)).isInstanceOf(Found.class);

      two.accounts.revoke(issued.key().id());

      assertThat(Waiting.until(() -> two.keys.known(hash) == null)).isLessThan(SECOND);
      assertThat(find(two.keys, hash)).isInstanceOf(Unknown.class);
    }
  }

  @Test
  void aNewKeyIsSeenByAnotherGatewayThatSaidItWasNone() {
    try (Two two = new Two()) {
      KeyHash none = KeyHash.of("tenfold_none");
      two.listens();
      assertThat(find(two.keys, none)).isInstanceOf(Unknown.class);
      assertThat(two.keys.known(none)).isInstanceOf(Unknown.class);

      two.accounts.issueKey("one", NewKey.named("k"));

      assertThat(Waiting.until(() -> two.keys.known(none) == null)).isLessThan(SECOND);
    }
  }

  @Test
  void aRotationRenamingAndDeletionAreSeenByAnotherGateway() {
    try (Two two = new Two()) {
      IssuedKey issued = two.accounts.issueKey("one", NewKey.named("k"));
      KeyHash hash = issued.secret().hash();
      two.listens();
      assertThat(find(two.keys, hash)).isInstanceOf(Found.class);
      two.accounts.rename(issued.key().id(), "new name");
      Waiting.until(
          () -> find(two.keys, hash) instanceof Found it && it.key().name().equals("new name"));

      two.accounts.rotate(issued.key().id(), Duration.ofMinutes(1));
      Waiting.until(() -> find(two.keys, hash) instanceof Found it && it.until() != null);

      two.accounts.delete("one");
      assertThat(Waiting.until(() -> isUnknown(find(two.keys, hash)))).isLessThan(SECOND);
    }
  }

  @Test
  void aChangedUserIsSeenByAnotherGatewayWithinASecond() {
    try (Two two = new Two()) {
      assertThat(two.others.user("one").orElseThrow().name()).isEqualTo("Ada");

      two.accounts.update("one", new UserChange("Grace", null));

      assertThat(Waiting.until(() -> two.others.user("one").orElseThrow().name().equals("Grace")))
          .isLessThan(SECOND);
      two.accounts.delete("one");
      assertThat(Waiting.until(() -> two.others.user("one").isEmpty())).isLessThan(SECOND);
    }
  }

  @Test
  void whatChangesByStatementsOfOthersIsSeenToo() {
    try (Two two = new Two()) {
      for (int i = 0; i < 200; i++) {
        two.accounts.issueKey("one", NewKey.named("k" + i));
      }
      KeyHash hash = two.accounts.issueKey("one", NewKey.named("k")).secret().hash();
      assertThat(find(two.keys, hash)).isInstanceOf(Found.class);

      PostgresServer.runIn(two.databaseName(), "DELETE FROM api_keys");

      assertThat(Waiting.until(() -> isUnknown(find(two.keys, hash)))).isLessThan(SECOND);
    }
  }

  @Test
  void whatChangedWhileTheConnectionWasLostIsReadAgain() {
    try (Two two = new Two()) {
      IssuedKey issued = two.accounts.issueKey("one", NewKey.named("k"));
      KeyHash hash = issued.secret().hash();
      two.listens();
      assertThat(find(two.keys, hash)).isInstanceOf(Found.class);
      long era = two.second.changes().era();

      PostgresServer.runIn(
          two.databaseName(),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE query IN ('SELECT 1', 'LISTEN tenfold_changes')"
              + " AND datname = current_database()",
          "UPDATE api_keys SET revoked_at = 1");

      assertThat(Waiting.until(() -> isUnknown(find(two.keys, hash)))).isLessThan(SECOND);
      Waiting.until(() -> two.second.changes().era() > era);
      two.listens();
      assertThat(find(two.keys, hash)).isInstanceOf(Unknown.class);
    }
  }
}
