package dev.tenfold.gateway.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was used, by key, chain, method and hour.
 *
 * <p>Thread-safe. Each method blocks while it waits for the database, and ends as {@link
 * AccountsException.Kind#UNAVAILABLE} if the database cannot do it now. The database belongs to
 * whoever made it.
 */
public final class UsageStore {
  private static final Logger LOG = LoggerFactory.getLogger(UsageStore.class);
  private static final Duration CHUNKS_KEPT = Duration.ofDays(7);
  private static final Duration PRUNED_EVERY = Duration.ofHours(1);
  private static final int LARGEST_ANSWER = 100_000;

  private static final String CHUNK =
      "INSERT INTO usage_chunks (id, written_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String PRUNE = "DELETE FROM usage_chunks WHERE written_at < ?";
  private static final String ADD =
      "INSERT INTO usage_by_hour (key_id, chain, method, hour, calls, hits, errors, units, bytes,"
          + " saved_units, saved_micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (key_id, hour, chain, method) DO UPDATE SET"
          + " calls = usage_by_hour.calls + excluded.calls,"
          + " hits = usage_by_hour.hits + excluded.hits,"
          + " errors = usage_by_hour.errors + excluded.errors,"
          + " units = usage_by_hour.units + excluded.units,"
          + " bytes = usage_by_hour.bytes + excluded.bytes,"
          + " saved_units = usage_by_hour.saved_units + excluded.saved_units,"
          + " saved_micros = usage_by_hour.saved_micros + excluded.saved_micros";
  private static final String COLUMNS =
      "SELECT key_id, chain, method, hour, calls, hits, errors, units, bytes, saved_units,"
          + " saved_micros FROM usage_by_hour WHERE hour >= ? AND hour < ?";
  private static final String OF_ALL = COLUMNS + " ORDER BY hour, key_id, chain, method LIMIT ?";
  private static final String OF_KEY =
      COLUMNS + " AND key_id = ? ORDER BY hour, chain, method LIMIT ?";
  private static final String UNITS =
      "SELECT CAST(coalesce(sum(units), 0) AS BIGINT) FROM usage_by_hour"
          + " WHERE key_id = ? AND hour >= ?";

  private final Database database;
  private final InstantSource clock;
  private final AtomicReference<Instant> pruned = new AtomicReference<>(Instant.MIN);

  private record Place(String keyId, Instant hour, String chain, String method)
      implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::keyId)
            .thenComparing(Place::hour)
            .thenComparing(Place::chain)
            .thenComparing(Place::method);

    static Place of(UsageRow row) {
      return new Place(row.keyId(), row.hour(), row.chain(), row.method());
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The usage in a database, which need not be open yet.
   *
   * @param clock tells how old the ids of chunks are
   */
  public UsageStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Adds chunks to what is there, in one transaction. A chunk that was written before, by whomever,
   * is passed over: so it may be tried again when it is not known how an attempt ended. That holds
   * for 7 days after it was written.
   */
  public void write(List<UsageChunk> chunks) {
    Instant now = clock.instant();
    // By all writers in the same order, so that none waits for one that waits for it.
    List<UsageChunk> inOrder =
        chunks.stream().sorted(Comparator.comparing(UsageChunk::id)).toList();
    database.write(
        session -> {
          SortedMap<Place, UsageRow> sums = new TreeMap<>();
          for (UsageChunk chunk : inOrder) {
            if (session.update(CHUNK, chunk.id(), now.toEpochMilli()) > 0) {
              chunk.rows().forEach(row -> sums.merge(Place.of(row), row, UsageRow::plus));
            }
          }
          session.batch(ADD, sums.values().stream().map(UsageStore::values).toList());
          return true;
        });
    prune(now);
  }

  private void prune(Instant now) {
    Instant last = pruned.get();
    boolean due = last.equals(Instant.MIN) || !now.isBefore(last.plus(PRUNED_EVERY));
    if (!due || !pruned.compareAndSet(last, now)) {
      return;
    }
    try {
      database.write(session -> session.update(PRUNE, now.minus(CHUNKS_KEPT).toEpochMilli()));
    } catch (AccountsException e) {
      LOG.debug("old ids of chunks stay for another hour: {}", e.getMessage());
    }
  }

  /**
   * Rows in the order of hours, and within them of key, chain and method. {@code INVALID} if {@code
   * limit} is not 1 to 100,000.
   *
   * @param keyId whose; null for all
   * @param from the first moment, at which an hour must begin to be in it
   * @param to the first moment that is not in it
   */
  public List<UsageRow> usage(@Nullable String keyId, Instant from, Instant to, int limit) {
    Rules.require(limit > 0 && limit <= LARGEST_ANSWER, "limit", "must be 1 to 100000");
    if (keyId != null && !Rules.isPlainText(keyId)) {
      return List.of();
    }
    long first = millis(from);
    long end = millis(to);
    return database.read(
        session ->
            keyId == null
                ? session.list(OF_ALL, UsageStore::row, first, end, limit)
                : session.list(OF_KEY, UsageStore::row, first, end, keyId, limit));
  }

  /** The units that a key used in the hours that begin at a moment or after it. */
  public long unitsSince(String keyId, Instant from) {
    if (!Rules.isPlainText(keyId)) {
      return 0;
    }
    Long units =
        database.read(session -> session.first(UNITS, row -> row.getLong(1), keyId, millis(from)));
    return units == null ? 0 : units;
  }

  // Further than any clock: the ends of Instant do not fit into milliseconds.
  private static long millis(Instant moment) {
    Instant least = Instant.EPOCH;
    Instant most = Instant.EPOCH.plus(10_000L * 366, ChronoUnit.DAYS);
    Instant within = moment.isBefore(least) ? least : moment.isAfter(most) ? most : moment;
    long millis = within.toEpochMilli();
    return within.equals(Instant.ofEpochMilli(millis)) ? millis : millis + 1;
  }

  private static Object[] values(UsageRow row) {
    return new Object[] {
      row.keyId(),
      row.chain(),
      row.method(),
      row.hour().toEpochMilli(),
      row.calls(),
      row.hits(),
      row.errors(),
      row.units(),
      row.bytes(),
      row.savedUnits(),
      row.savedMicros()
    };
  }

  private static UsageRow row(ResultSet row) throws SQLException {
    return new UsageRow(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11));
  }
}
