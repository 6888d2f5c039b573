package dev.tenfold.gateway.accounts;

import dev.tenfold.gateway.access.KeyHash;
import dev.tenfold.gateway.access.KeyRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on keys and their secrets. */
final class KeyTable {
  private static final String COLUMNS =
      "k.id, k.user_id, k.name, k.hint, k.created_at, k.expires_at, k.revoked_at, k.tier, k.rate,"
          + " k.burst, k.chains, k.methods, k.origins, k.addresses";
  private static final String FIND = "SELECT " + COLUMNS + " FROM api_keys k WHERE k.id = ?";
  private static final String PAGE =
      "SELECT " + COLUMNS + " FROM api_keys k WHERE k.id > ? ORDER BY k.id LIMIT ?";
  private static final String PAGE_OF_USER =
      "SELECT "
          + COLUMNS
          + " FROM api_keys k WHERE k.user_id = ? AND k.id > ? ORDER BY k.id LIMIT ?";
  private static final String FIND_BY_SECRET =
      "SELECT "
          + COLUMNS
          + ", s.valid_until FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id"
          + " WHERE s.hash = ?";
  private static final String INSERT =
      "INSERT INTO api_keys (id, user_id, name, hint, created_at, expires_at, revoked_at, tier,"
          + " rate, burst, chains, methods, origins, addresses)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String RENAME = "UPDATE api_keys SET name = ? WHERE id = ?";
  // Says by its count whether the key can be changed, and holds the row until the end.
  private static final String NEW_HINT =
      "UPDATE api_keys SET hint = ? WHERE id = ? AND revoked_at IS NULL";
  private static final String REVOKE =
      "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL";
  private static final String INSERT_SECRET =
      "INSERT INTO api_key_secrets (hash, key_id, valid_until) VALUES (?, ?, ?)";
  private static final String LIMIT_SECRETS =
      "UPDATE api_key_secrets SET valid_until = ?"
          + " WHERE key_id = ? AND (valid_until IS NULL OR valid_until > ?)";
  private static final String DROP_SECRETS =
      "DELETE FROM api_key_secrets WHERE key_id = ? AND valid_until <= ?";

  /** A key as found by one of its secrets, and until when that one is good. */
  record BySecret(KeyRecord key, @Nullable Instant until) {}

  private KeyTable() {}

  static @Nullable KeyRecord find(Session session, String id) throws SQLException {
    return session.first(FIND, KeyTable::key, id);
  }

  static @Nullable BySecret find(Session session, KeyHash hash) throws SQLException {
    return session.first(
        FIND_BY_SECRET, row -> new BySecret(key(row), instant(row, 15)), (Object) hash.bytes());
  }

  static List<KeyRecord> page(Session session, @Nullable String userId, String after, int limit)
      throws SQLException {
    return userId == null
        ? session.list(PAGE, KeyTable::key, after, limit)
        : session.list(PAGE_OF_USER, KeyTable::key, userId, after, limit);
  }

  static void insert(Session session, KeyRecord key, KeyHash hash) throws SQLException {
    session.update(
        INSERT,
        key.id(),
        key.userId(),
        key.name(),
        key.hint(),
        key.createdAt().toEpochMilli(),
        millis(key.expiresAt()),
        millis(key.revokedAt()),
        key.tier(),
        key.rate(),
        key.burst(),
        String.join("\n", key.chains()),
        String.join("\n", key.methods()),
        String.join("\n", key.origins()),
        String.join("\n", key.addresses()));
    session.update(INSERT_SECRET, hash.bytes(), key.id(), null);
  }

  static boolean rename(Session session, String id, String name) throws SQLException {
    return session.update(RENAME, name, id) > 0;
  }

  /**
   * Gives a key one more secret; those that it has end at a moment, or before as they would have.
   *
   * @return false if there is no such key that is not revoked
   */
  static boolean rotate(
      Session session, String id, String hint, KeyHash hash, Instant oldUntil, Instant now)
      throws SQLException {
    if (session.update(NEW_HINT, hint, id) == 0) {
      return false;
    }
    long end = oldUntil.toEpochMilli();
    session.update(LIMIT_SECRETS, end, id, end);
    session.update(DROP_SECRETS, id, now.toEpochMilli());
    session.update(INSERT_SECRET, hash.bytes(), id, null);
    return true;
  }

  static boolean revoke(Session session, String id, Instant now) throws SQLException {
    return session.update(REVOKE, now.toEpochMilli(), id) > 0;
  }

  private static KeyRecord key(ResultSet row) throws SQLException {
    return new KeyRecord(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)),
        instant(row, 6),
        instant(row, 7),
        row.getString(8),
        row.getInt(9),
        row.getInt(10),
        list(row.getString(11)),
        list(row.getString(12)),
        list(row.getString(13)),
        list(row.getString(14)));
  }

  private static List<String> list(String lines) {
    return lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Long millis(@Nullable Instant moment) {
    return moment == null ? null : moment.toEpochMilli();
  }
}
