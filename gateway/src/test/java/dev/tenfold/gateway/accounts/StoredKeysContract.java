package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.ApiKey;
import dev.tenfold.gateway.access.KeyDirectory.Found;
import dev.tenfold.gateway.access.KeyDirectory.Lookup;
import dev.tenfold.gateway.access.KeyDirectory.Unavailable;
import dev.tenfold.gateway.access.KeyDirectory.Unknown;
import dev.tenfold.gateway.access.KeyHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of keys on the request path over each database. */
@Timeout(60)
abstract class StoredKeysContract {
  private Database database;
  private Accounts accounts;
  private StoredKeys keys;

  /** Where a new and empty database is. */
  abstract DatabaseUrl freshDatabase();

  @BeforeEach
  void open() {
    database = new Database(freshDatabase());
    accounts = new Accounts(database, Clock.systemUTC());
    keys = new StoredKeys(database);
    database.open();
    accounts.create(new NewUser("one", "Ada", "ada@example.org"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private IssuedKey issue() {
    return accounts.issueKey("one", NewKey.named("k"));
  }

  /** Waits until a gateway has heard of what was changed so far. */
  static void settle(Database database) {
    Changes changes = database.changes();
    long now = changes.now();
    Waiting.until(() -> changes.areHeardUntil(now));
  }

  static Lookup find(StoredKeys keys, KeyHash hash) {
    return keys.find(hash)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void aKeyIsKnownOnceItWasFound() {
    IssuedKey issued = issue();
    KeyHash hash = issued.secret().hash();

    settle(database);

    assertThat(keys.known(hash)).isNull();
    assertThat(find(keys, hash)).isEqualTo(new Found(issued.key(), null));
    assertThat(keys.known(KeyHash.of(issued.secret().secret()))).isSameAs(find(keys, hash));
  }

  @Test
  void whatIsNoKeyIsKnownToBeNoneUntilSomethingChanges() {
    KeyHash hash = ApiKey.random(new SecureRandom()).hash();
    settle(database);

    assertThat(find(keys, hash)).isInstanceOf(Unknown.class);
    assertThat(keys.known(hash)).isInstanceOf(Unknown.class);

    issue();
    assertThat(keys.known(hash)).isNull();
  }

  @Test
  void aRevokedKeyIsUnknownAtOnce() {
    IssuedKey issued = issue();
    assertThat(find(keys, issued.secret().hash())).isInstanceOf(Found.class);

    accounts.revoke(issued.key().id());

    assertThat(keys.known(issued.secret().hash())).isNull();
    assertThat(find(keys, issued.secret().hash())).isInstanceOf(Unknown.class);
  }

  @Test
  void theKeysOfADeletedUserAreUnknownAtOnce() {
    IssuedKey issued = issue();
    assertThat(find(keys, issued.secret().hash())).isInstanceOf(Found.class);

    accounts.delete("one");

    assertThat(keys.known(issued.secret().hash())).isNull();
    assertThat(find(keys, issued.secret().hash())).isInstanceOf(Unknown.class);
  }

  @Test
  void aChangeOfAnotherKeyLeavesTheRecordAsItIs() {
    IssuedKey issued = issue();
    Lookup before = find(keys, issued.secret().hash());

    accounts.rename(issue().key().id(), "other");

    assertThat(((Found) find(keys, issued.secret().hash())).key()).isSameAs(((Found) before).key());
  }

  @Test
  void aRotatedKeyHasTwoSecretsForATimeAndOneRecord() {
    IssuedKey first = issue();
    Instant before = Instant.now();
    IssuedKey second = accounts.rotate(first.key().id(), Duration.ofHours(1));

    Found old = (Found) find(keys, first.secret().hash());
    Found now = (Found) find(keys, second.secret().hash());
    assertThat(now.until()).isNull();
    assertThat(old.until()).isBetween(before.plusSeconds(3599), Instant.now().plusSeconds(3600));
    assertThat(old.key()).isSameAs(now.key()).isEqualTo(second.key());

    IssuedKey third = accounts.rotate(first.key().id(), Duration.ofDays(1));
    assertThat(((Found) find(keys, first.secret().hash())).until()).isEqualTo(old.until());
    assertThat(((Found) find(keys, second.secret().hash())).until()).isAfter(old.until());
    assertThat(((Found) find(keys, third.secret().hash())).until()).isNull();
  }

  @Test
  void aRotationWithoutOverlapEndsTheOldSecret() {
    IssuedKey first = issue();
    accounts.rotate(first.key().id(), Duration.ZERO);

    Lookup old = find(keys, first.secret().hash());

    if (old instanceof Found found) {
      assertThat(found.until()).isBeforeOrEqualTo(Instant.now());
    } else {
      assertThat(old).isInstanceOf(Unknown.class);
    }
  }

  @Test
  void manyWhoAskAtOnceAreAllAnswered() {
    KeyHash hash = issue().secret().hash();
    List<io.vertx.core.Future<Lookup>> all =
        IntStream.range(0, 500).mapToObj(i -> keys.find(hash)).toList();
    for (var one : all) {
      Lookup lookup =
          one.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(lookup).isInstanceOf(Found.class);
    }
  }

  @Test
  void withoutTheDatabaseWhatWasFoundGoesOnAndTheRestIsUnavailable() {
    KeyHash hash = issue().secret().hash();
    IssuedKey revoked = issue();
    settle(database);
    assertThat(find(keys, hash)).isInstanceOf(Found.class);
    assertThat(find(keys, revoked.secret().hash())).isInstanceOf(Found.class);
    accounts.revoke(revoked.key().id());

    database.close();

    assertThat(find(keys, hash)).isInstanceOf(Found.class);
    assertThat(find(keys, revoked.secret().hash())).isInstanceOf(Unavailable.class);
    assertThat(find(keys, ApiKey.random(new SecureRandom()).hash()))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void beforeTheDatabaseIsOpenAllIsUnavailable() {
    StoredKeys early = new StoredKeys(new Database(freshDatabase()));
    assertThat(find(early, issue().secret().hash())).isInstanceOf(Unavailable.class);
  }
}
