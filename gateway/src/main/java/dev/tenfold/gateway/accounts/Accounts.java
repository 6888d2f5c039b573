package dev.tenfold.gateway.accounts;

import dev.tenfold.gateway.access.ApiKey;
import dev.tenfold.gateway.access.KeyRecord;
import dev.tenfold.gateway.accounts.Changes.Change;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users and their API keys.
 *
 * <p><b>Threads.</b> Safe for any number of them. Each method blocks while it waits for the
 * database: call it on a virtual thread, never on an event loop. The database belongs to whoever
 * made it; nothing here needs closing.
 *
 * <p><b>Endings.</b> A method that cannot do what it was asked for ends with an {@link
 * AccountsException}, and then nothing was changed. Of each method it is said when that is INVALID,
 * NOT_FOUND or CONFLICT; UNAVAILABLE may be the end of all, within seconds, and there is one case
 * (see {@link AccountsException.Kind#UNAVAILABLE}) in which the change may have been made.
 *
 * <p><b>What is seen.</b> A change is seen by all threads of this process when the method returns.
 * Over PostgreSQL other gateways see it within a second. Text goes into the database as parameters
 * only, whatever is in it.
 */
public final class Accounts {
  private static final long USER_CACHE_BYTES = 8L << 20;
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(365);

  private final Database database;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Uuid7 ids;
  private final FreshCache<String, User> users;

  /**
   * Accounts in a database, which need not be open yet.
   *
   * @param clock what {@code createdAt} and expiry are told by
   */
  public Accounts(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.ids = new Uuid7(clock);
    this.users = new FreshCache<>(database.changes(), USER_CACHE_BYTES, Accounts::bytes);
    database.changes().listen(this::forget);
  }

  private static long bytes(String id, User user) {
    return 2L * (2L * id.length() + user.name().length() + user.email().length());
  }

  private void forget(Change change) {
    if (change.all()) {
      users.clear();
    } else {
      change.users().forEach(users::drop);
    }
  }

  /**
   * Makes a user. INVALID if a field has not its form, CONFLICT if the id or the email is taken.
   */
  public User create(NewUser user) {
    Rules.check(user);
    User made = made(user, now());
    database.write(
        session -> {
          UserTable.insert(session, made);
          return made;
        });
    return made;
  }

  private User made(NewUser user, Instant now) {
    String id = user.id() == null ? ids.next() : user.id();
    return new User(id, user.name(), user.email(), now);
  }

  /**
   * Makes many users in one transaction: all of them, or none. The rows are taken and checked
   * before the first is written, so whoever sends them slowly holds up nobody; they are all in
   * memory then (about 300 bytes each). Rows go to PostgreSQL by COPY, to SQLite through one
   * statement.
   *
   * <p>INVALID if a row has not its form, or there are more than 100,000; CONFLICT if an id or
   * email is taken or is in two rows. The exception names the {@link AccountsException#row}. What
   * the iterator throws passes through.
   *
   * @return how many were made
   */
  public long insert(Iterator<NewUser> rows) {
    List<User> all = UserBatch.checked(rows, user -> made(user, now()));
    if (!all.isEmpty()) {
      database.write(
          session -> {
            UserBatch.insert(session, all);
            return all.size();
          });
    }
    return all.size();
  }

  /** The user of an id; mostly from memory. */
  public Optional<User> user(String id) {
    if (!Rules.isId(id)) {
      return Optional.empty();
    }
    User known = users.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    FreshCache.Stamp stamp = users.stamp();
    User found = database.read(session -> UserTable.find(session, id));
    if (found != null) {
      users.keep(id, found, stamp, null);
    }
    return Optional.ofNullable(found);
  }

  /**
   * Users in the order of their ids. INVALID if {@code limit} is not 1 to 1,000, or {@code after}
   * is no id.
   *
   * @param after {@link Page#next} of the page before; null for the first
   */
  public Page<User> users(@Nullable String after, int limit) {
    Rules.checkPage(after, limit);
    List<User> found = database.read(session -> UserTable.page(session, start(after), limit + 1));
    return Page.of(found, limit, User::id);
  }

  /**
   * Changes a user. INVALID if a field has not its form, NOT_FOUND if there is no such user,
   * CONFLICT if the email is taken.
   *
   * @return the user as it is now
   */
  public User update(String id, UserChange change) {
    Rules.check(change);
    requireId(id, "user");
    User changed =
        database.write(
            session -> {
              User after = UserTable.update(session, id, change);
              if (after == null) {
                throw AccountsException.notFound("user");
              }
              return after;
            });
    database.changes().announce(Change.ofUser(id));
    return changed;
  }

  /**
   * Deletes a user and all of its keys, which are refused from then on. What they used stays in the
   * usage. NOT_FOUND if there is no such user.
   */
  public void delete(String id) {
    requireId(id, "user");
    database.write(
        session -> {
          if (!UserTable.delete(session, id)) {
            throw AccountsException.notFound("user");
          }
          return true;
        });
    database.changes().announce(Change.ofUser(id));
  }

  /**
   * Makes a key for a user. INVALID if a field has not its form, NOT_FOUND if there is no such
   * user.
   */
  public IssuedKey issueKey(String userId, NewKey key) {
    Instant now = now();
    Rules.check(key, now);
    requireId(userId, "user");
    ApiKey secret = ApiKey.random(random);
    KeyRecord made = record(userId, key, secret, now);
    database.write(
        session -> {
          KeyTable.insert(session, made, secret.hash());
          return made;
        });
    database.changes().announce(Change.ofKey(made.id()));
    return new IssuedKey(made, secret);
  }

  private KeyRecord record(String userId, NewKey key, ApiKey secret, Instant now) {
    Instant expiry = key.expiresAt();
    return new KeyRecord(
        ids.next(),
        userId,
        key.name(),
        secret.hint(),
        now,
        expiry == null ? null : expiry.truncatedTo(ChronoUnit.MILLIS),
        null,
        key.tier(),
        key.rate(),
        key.burst() == 0 ? key.rate() : key.burst(),
        key.chains(),
        key.methods(),
        key.origins(),
        key.addresses());
  }

  /** The key of an id, revoked or not; asks the database each time. */
  public Optional<KeyRecord> key(String keyId) {
    if (!Rules.isId(keyId)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        database.<@Nullable KeyRecord>read(session -> KeyTable.find(session, keyId)));
  }

  /**
   * Keys in the order of their ids, which is that in which they were made; revoked ones too.
   * INVALID if {@code limit} is not 1 to 1,000, or {@code after} is no id. A user that does not
   * exist has none.
   *
   * @param userId whose; null for those of all
   * @param after {@link Page#next} of the page before; null for the first
   */
  public Page<KeyRecord> keys(@Nullable String userId, @Nullable String after, int limit) {
    Rules.checkPage(after, limit);
    if (userId != null && !Rules.isId(userId)) {
      return new Page<>(List.of(), null);
    }
    List<KeyRecord> found =
        database.read(session -> KeyTable.page(session, userId, start(after), limit + 1));
    return Page.of(found, limit, KeyRecord::id);
  }

  /**
   * Gives a key another name. INVALID if it has not its form, NOT_FOUND if there is no such key.
   */
  public KeyRecord rename(String keyId, String name) {
    Rules.checkName(name);
    requireId(keyId, "key");
    KeyRecord renamed =
        database.write(
            session -> {
              KeyTable.rename(session, keyId, name);
              return existing(session, keyId);
            });
    database.changes().announce(Change.ofKey(keyId));
    return renamed;
  }

  /**
   * Gives a key a new secret. Those that it has go on for the overlap, and not longer than they
   * would have. INVALID if the overlap is negative or more than 365 days, NOT_FOUND if there is no
   * such key, CONFLICT if it is revoked.
   */
  public IssuedKey rotate(String keyId, Duration overlap) {
    Rules.require(
        !overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0,
        "overlap_seconds",
        "must be 0 to 365 days");
    requireId(keyId, "key");
    ApiKey secret = ApiKey.random(random);
    Instant now = now();
    KeyRecord rotated =
        database.write(
            session -> {
              boolean done =
                  KeyTable.rotate(
                      session, keyId, secret.hint(), secret.hash(), now.plus(overlap), now);
              KeyRecord key = existing(session, keyId);
              if (!done) {
                throw AccountsException.conflict("id", "is of a key that is revoked");
              }
              return key;
            });
    database.changes().announce(Change.ofKey(keyId));
    return new IssuedKey(rotated, secret);
  }

  /**
   * Has a key refused from now on, with all of its secrets; it stays in the lists. Done before, it
   * changes nothing. NOT_FOUND if there is no such key.
   */
  public void revoke(String keyId) {
    requireId(keyId, "key");
    Instant now = now();
    database.write(
        session -> {
          KeyTable.revoke(session, keyId, now);
          return existing(session, keyId);
        });
    database.changes().announce(Change.ofKey(keyId));
  }

  private static KeyRecord existing(Session session, String keyId) throws SQLException {
    KeyRecord key = KeyTable.find(session, keyId);
    if (key == null) {
      throw AccountsException.notFound("key");
    }
    return key;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String start(@Nullable String after) {
    return after == null ? "" : after;
  }

  private static void requireId(String id, String what) {
    if (!Rules.isId(id)) {
      throw AccountsException.notFound(what);
    }
  }
}
