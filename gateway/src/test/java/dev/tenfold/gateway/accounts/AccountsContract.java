package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenfold.gateway.access.ApiKey;
import dev.tenfold.gateway.access.KeyRecord;
import dev.tenfold.gateway.accounts.AccountsException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of users and keys over each database. */
@Timeout(60)
abstract class AccountsContract {
  private static final Instant START = Instant.parse("2026-11-26T10:00:00.123456Z");

  final AtomicReference<Instant> now = new AtomicReference<>(START);
  private Database database;
  private Accounts accounts;

  /** Where a new and empty database is. */
  abstract DatabaseUrl freshDatabase();

  @BeforeEach
  void open() {
    database = new Database(freshDatabase());
    database.open();
    accounts = new Accounts(database, now::get);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static AccountsException failure(ThrowingCallable call) {
    AccountsException e = catchThrowableOfType(AccountsException.class, call);
    assertThat(e).isNotNull();
    return e;
  }

  private static NewUser user(@Nullable String id, String email) {
    return new NewUser(id, "Ada", email);
  }

  @Test
  void aUserIsFoundAsItWasMade() {
    User made = accounts.create(new NewUser("ada-1", "Ada Lovelace", "Ada@Example.org"));

    assertThat(made)
        .isEqualTo(
            new User(
                "ada-1",
                "Ada Lovelace",
                "Ada@Example.org",
                Instant.parse("2026-11-26T10:00:00.123Z")));
    assertThat(accounts.user("ada-1")).contains(made);
    assertThat(new Accounts(database, now::get).user("ada-1")).contains(made);
    assertThat(accounts.user("ada-2")).isEmpty();
  }

  @Test
  void aUserWithoutAnIdGetsOneThatRises() {
    User first = accounts.create(user(null, "a@example.org"));
    User second = accounts.create(user(null, "b@example.org"));

    assertThat(first.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}");
    assertThat(second.id()).isGreaterThan(first.id());
  }

  @Test
  void whatIsTakenIsSaidByItsField() {
    accounts.create(user("one", "one@example.org"));

    AccountsException id = failure(() -> accounts.create(user("one", "two@example.org")));
    assertThat(id.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(id.field()).isEqualTo("id");
    AccountsException email = failure(() -> accounts.create(user("two", "ONE@Example.ORG")));
    assertThat(email.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(email.field()).isEqualTo("email");
    assertThat(email).hasMessage("email is taken");
  }

  @Test
  void aChangedUserIsSeenAtOnce() {
    accounts.create(user("one", "one@example.org"));
    assertThat(accounts.user("one")).isPresent();

    User renamed = accounts.update("one", new UserChange("Grace", null));
    assertThat(renamed.name()).isEqualTo("Grace");
    assertThat(renamed.email()).isEqualTo("one@example.org");
    assertThat(accounts.user("one")).contains(renamed);

    User moved = accounts.update("one", new UserChange(null, "Two@example.org"));
    assertThat(moved.name()).isEqualTo("Grace");
    assertThat(accounts.user("one")).contains(moved);
    assertThat(failure(() -> accounts.create(user("x", "two@EXAMPLE.org"))).field())
        .isEqualTo("email");
  }

  @Test
  void aChangeOfWhatIsNotThereOrTakenIsRefused() {
    accounts.create(user("one", "one@example.org"));
    accounts.create(user("two", "two@example.org"));

    assertThat(failure(() -> accounts.update("no", new UserChange("x", null))).kind())
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(failure(() -> accounts.update("two", new UserChange(null, "One@example.org"))))
        .hasMessage("email is taken");
    assertThat(failure(() -> accounts.delete("no")).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure(() -> accounts.rename("no", "x")).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure(() -> accounts.revoke("no")).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure(() -> accounts.rotate("no", Duration.ZERO)).kind())
        .isEqualTo(Kind.NOT_FOUND);
    assertThat(failure(() -> accounts.issueKey("no", NewKey.named("k"))).kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void aDeletedUserIsGoneWithItsKeys() {
    accounts.create(user("one", "one@example.org"));
    KeyRecord key = accounts.issueKey("one", NewKey.named("k")).key();
    assertThat(accounts.user("one")).isPresent();

    accounts.delete("one");

    assertThat(accounts.user("one")).isEmpty();
    assertThat(accounts.key(key.id())).isEmpty();
    assertThat(accounts.keys("one", null, 10).items()).isEmpty();
    accounts.create(user("one", "one@example.org"));
  }

  @Test
  void pagesHaveEachUserOnceInTheOrderOfBytes() {
    List<String> ids = List.of("B", "a", "Z9", "_", "b.1", "0:x", "z-1");
    ids.forEach(id -> accounts.create(user(id, id + "@example.org")));

    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      Page<User> page = accounts.users(after, 3);
      page.items().forEach(user -> seen.add(user.id()));
      after = page.next();
    } while (after != null);

    assertThat(seen).containsExactly("0:x", "B", "Z9", "_", "a", "b.1", "z-1");
    assertThat(accounts.users(null, 7).next()).isNull();
    assertThat(failure(() -> accounts.users(null, 0)).field()).isEqualTo("limit");
    assertThat(failure(() -> accounts.users(null, 1001)).field()).isEqualTo("limit");
    assertThat(failure(() -> accounts.users("' OR 1=1", 10)).field()).isEqualTo("after");
  }

  @Test
  void aBatchIsMadeAsAWhole() {
    long made =
        accounts.insert(
            IntStream.range(0, 5_000)
                .mapToObj(i -> new NewUser(null, "n\\ " + i, "u" + i + "@example.org"))
                .iterator());

    assertThat(made).isEqualTo(5_000);
    Set<String> names = new HashSet<>();
    String after = null;
    do {
      Page<User> page = accounts.users(after, 1000);
      page.items().forEach(user -> names.add(user.name()));
      after = page.next();
    } while (after != null);
    assertThat(names).hasSize(5_000).contains("n\\ 0", "n\\ 4999");
    assertThat(accounts.insert(List.<NewUser>of().iterator())).isZero();
  }

  @Test
  void aBatchWithOneBadRowLeavesNothingAndNamesTheRow() {
    accounts.create(user("old", "old@example.org"));

    assertRefused(3, "row 3: email is taken", user("n3", "OLD@example.org"));
    assertRefused(3, "row 3: id is taken", user("old", "n3@example.org"));
    assertRefused(3, "row 3: email is taken", user("n3", "N1@example.org"));
    assertRefused(3, "row 3: id is taken", user("n1", "n3@example.org"));
    assertRefused(3, "row 3: email must have one @, inside", user("n3", "nobody"));
    assertRefused(
        3, "row 3: id must be 1 to 64 of A-Z a-z 0-9 _ . : -", user("../n3", "n3@example.org"));
  }

  private void assertRefused(long row, String message, NewUser bad) {
    List<NewUser> rows =
        List.of(
            user("n1", "n1@example.org"),
            user("n2", "n2@example.org"),
            bad,
            user("n4", "old@example.org"));
    AccountsException e = failure(() -> accounts.insert(rows.iterator()));
    assertThat(e).hasMessage(message);
    assertThat(e.row()).isEqualTo(row);
    assertThat(accounts.users(null, 10).items()).extracting(User::id).containsExactly("old");
  }

  @Test
  void aBatchOfMoreThanTheLimitIsRefusedBeforeItIsWritten() {
    Iterator<NewUser> endless =
        IntStream.iterate(1, i -> i + 1).mapToObj(i -> user(null, i + "@x")).iterator();

    AccountsException e = failure(() -> accounts.insert(endless));

    assertThat(e.kind()).isEqualTo(Kind.INVALID);
    assertThat(e.row()).isEqualTo(100_001);
    assertThat(accounts.users(null, 1).items()).isEmpty();
  }

  @Test
  void aKeyIsFoundAsItWasIssued() {
    accounts.create(user("one", "one@example.org"));
    NewKey wanted =
        new NewKey(
            "backend",
            "gold",
            50,
            0,
            START.plusSeconds(60),
            List.of("ethereum", "base"),
            List.of("eth_*"),
            List.of("https://app.example.org"),
            List.of("10.0.0.0/8", "::1"));

    IssuedKey issued = accounts.issueKey("one", wanted);

    assertThat(ApiKey.isWellFormed(issued.secret().secret())).isTrue();
    KeyRecord key = issued.key();
    assertThat(key.hint()).isEqualTo(issued.secret().hint());
    assertThat(key.burst()).isEqualTo(50);
    assertThat(key.chains()).containsExactly("ethereum", "base");
    assertThat(accounts.key(key.id())).contains(key);
    assertThat(accounts.keys("one", null, 10)).isEqualTo(new Page<>(List.of(key), null));
    KeyRecord plain = accounts.issueKey("one", NewKey.named("plain")).key();
    assertThat(plain.chains()).isEmpty();
    assertThat(plain.expiresAt()).isNull();
    assertThat(accounts.key(plain.id())).contains(plain);
    assertThat(accounts.keys(null, key.id(), 1).items()).containsExactly(plain);
    assertThat(accounts.keys("one", null, 1).next()).isEqualTo(key.id());
  }

  @Test
  void aKeyIsRenamedRotatedAndRevoked() {
    accounts.create(user("one", "one@example.org"));
    IssuedKey issued = accounts.issueKey("one", NewKey.named("k"));
    String id = issued.key().id();

    assertThat(accounts.rename(id, "other").name()).isEqualTo("other");
    IssuedKey rotated = accounts.rotate(id, Duration.ofHours(1));
    assertThat(rotated.key().id()).isEqualTo(id);
    assertThat(rotated.key().hint()).isEqualTo(rotated.secret().hint());
    assertThat(rotated.secret().secret()).isNotEqualTo(issued.secret().secret());

    accounts.revoke(id);
    Instant revoked = accounts.key(id).orElseThrow().revokedAt();
    now.set(START.plusSeconds(60));
    accounts.revoke(id);

    assertThat(revoked).isEqualTo(Instant.parse("2026-11-26T10:00:00.123Z"));
    assertThat(accounts.key(id).orElseThrow().revokedAt()).isEqualTo(revoked);
    AccountsException e = failure(() -> accounts.rotate(id, Duration.ZERO));
    assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void whatHasNotItsFormIsRefusedByItsField() {
    accounts.create(user("one", "one@example.org"));
    assertInvalid("name", () -> accounts.create(new NewUser(null, " ", "a@b")));
    assertInvalid("name", () -> accounts.create(new NewUser(null, "x".repeat(201), "a@b")));
    assertInvalid("name", () -> accounts.create(new NewUser(null, "\ud800", "a@b")));
    assertInvalid("email", () -> accounts.create(user(null, "@b.org")));
    assertInvalid("email", () -> accounts.create(user(null, "a@b@c")));
    assertInvalid("email", () -> accounts.create(user(null, "a@" + "b".repeat(253))));
    assertInvalid("id", () -> accounts.create(user("", "a@b")));
    assertInvalid("id", () -> accounts.create(user("x".repeat(65), "a@b")));
    assertInvalid("name", () -> accounts.update("one", new UserChange("\u0085", null)));
    assertInvalid("tier", () -> issue("k", "a b", 0, 0, null, List.of()));
    assertInvalid("rate", () -> issue("k", "", -1, 0, null, List.of()));
    assertInvalid("burst", () -> issue("k", "", 0, 1, null, List.of()));
    assertInvalid("expires_at", () -> issue("k", "", 0, 0, START, List.of()));
    assertInvalid("expires_at", () -> issue("k", "", 0, 0, Instant.MAX, List.of()));
    assertInvalid("chains", () -> issue("k", "", 0, 0, null, List.of("a\nb")));
    assertInvalid("chains", () -> issue("k", "", 0, 0, null, List.of("")));
    assertInvalid("overlap_seconds", () -> accounts.rotate("k", Duration.ofSeconds(-1)));
  }

  private void issue(
      String name,
      String tier,
      int rate,
      int burst,
      @Nullable Instant expiry,
      List<String> chains) {
    accounts.issueKey(
        "one",
        new NewKey(name, tier, rate, burst, expiry, chains, List.of(), List.of(), List.of()));
  }

  private static void assertInvalid(String field, ThrowingCallable call) {
    AccountsException e = failure(call);
    assertThat(e.kind()).isEqualTo(Kind.INVALID);
    assertThat(e.field()).isEqualTo(field);
  }

  @Test
  void hostileTextIsKeptAsItIsOrRefused() {
    accounts.create(user("one", "one@example.org"));
    for (String text : HostileText.ALL) {
      keptOrRefused(text);
      assertThat(accounts.user(text)).isEmpty();
      assertThat(accounts.key(text)).isEmpty();
      assertThat(accounts.keys(text, null, 10).items()).isEmpty();
      assertThat(failure(() -> accounts.delete(text)).kind()).isEqualTo(Kind.NOT_FOUND);
      assertThat(failure(() -> accounts.revoke(text)).kind()).isEqualTo(Kind.NOT_FOUND);
      assertInvalid("id", () -> accounts.create(user(text, "id@example.org")));
    }
    assertThat(accounts.user("one")).isPresent();
    assertThat(accounts.users(null, 10).items()).extracting(User::id).containsExactly("one");
  }

  private void keptOrRefused(String text) {
    String email = text + "@example.org";
    User made;
    try {
      made = accounts.create(new NewUser(null, text, email));
    } catch (AccountsException e) {
      assertThat(e.kind()).isEqualTo(Kind.INVALID);
      assertThat(e.field()).isIn("name", "email");
      assertThat(e.getMessage()).doesNotContain(text);
      return;
    }
    User read = accounts.user(made.id()).orElseThrow();
    assertThat(read.name()).isEqualTo(text);
    assertThat(read.email()).isEqualTo(email);
    KeyRecord key = accounts.issueKey(made.id(), NewKey.named(text)).key();
    assertThat(accounts.key(key.id()).orElseThrow().name()).isEqualTo(text);
    accounts.delete(made.id());
    accounts.insert(List.of(new NewUser("batch", text, email)).iterator());
    assertThat(accounts.user("batch").orElseThrow().name()).isEqualTo(text);
    accounts.delete("batch");
  }
}
