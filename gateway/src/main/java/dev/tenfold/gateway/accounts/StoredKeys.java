package dev.tenfold.gateway.accounts;

import dev.tenfold.gateway.access.KeyDirectory;
import dev.tenfold.gateway.access.KeyHash;
import dev.tenfold.gateway.access.KeyRecord;
import dev.tenfold.gateway.accounts.Changes.Change;
import dev.tenfold.toolkit.cache.MemoryCache;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys in the database, for the request path.
 *
 * <p><b>What is certain.</b> A key that was changed or revoked by this process is found so by each
 * look-up that begins after the change returned. Over PostgreSQL it is the same within a second
 * where another gateway changed it. Where it cannot be known whether something changed, since
 * nothing was heard of the database for a second or the connection to it was lost, a key is read
 * again before it is used.
 *
 * <p><b>Without the database</b>, keys that were found before and are not known to have changed go
 * on; all others are {@link Unavailable}, for this says nothing against them.
 *
 * <p><b>Bounds.</b> Keys take 16 MiB at most (about 25,000 usual ones), what is known to be no key
 * 4 MiB, for 5 seconds each. Up to 32 look-ups are under way at once; what is beyond is answered as
 * if the database were away. A look-up that takes longer than 2 seconds is too. After one that
 * failed, none is tried for a quarter of a second. Equal look-ups share one.
 *
 * <p>Thread-safe. {@link #known} may be called on an event loop. The database belongs to whoever
 * made it, and need not be open yet.
 */
public final class StoredKeys implements KeyDirectory {
  static final int LOOK_UPS = 32;
  private static final long KEY_BYTES = 16L << 20;
  private static final long UNKNOWN_BYTES = 4L << 20;
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);
  private static final long LOOK_UP_MILLIS = 2_000;
  private static final long PAUSE_NANOS = 250_000_000;

  private static final Lookup UNKNOWN = new Unknown();
  private static final Lookup UNAVAILABLE = new Unavailable();

  private final Database database;
  private final LongSupplier nanos;
  private final FreshCache<KeyHash, Found> found;
  private final FreshCache<KeyHash, Lookup> unknown;
  // One record for all secrets of a key, and the same one after a look that found no difference.
  private final MemoryCache<String, KeyRecord> records =
      MemoryCache.<String, KeyRecord>builder()
          .maximumBytes(KEY_BYTES)
          .sizeOf((id, key) -> bytes(key))
          .build();
  private final ConcurrentMap<Flight, CompletableFuture<Lookup>> flights =
      new ConcurrentHashMap<>();
  private final Semaphore lookUps = new Semaphore(LOOK_UPS);
  private volatile boolean failed;
  private volatile long failedAt;

  // Who asks after a change does not join who asked before it.
  private record Flight(KeyHash hash, long generation) {}

  /** The keys of a database, which need not be open yet. */
  public StoredKeys(Database database) {
    this(database, System::nanoTime);
  }

  StoredKeys(Database database, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
    Changes changes = database.changes();
    this.found = new FreshCache<>(changes, KEY_BYTES, (hash, key) -> bytes(key.key()));
    this.unknown = new FreshCache<>(changes, UNKNOWN_BYTES, (hash, none) -> KeyHash.BYTES);
    changes.listen(this::forget);
  }

  private static long bytes(KeyRecord key) {
    long characters = (long) key.id().length() + key.userId().length() + key.name().length();
    long lists = 0;
    for (List<String> list : List.of(key.chains(), key.methods(), key.origins(), key.addresses())) {
      for (String member : list) {
        lists += 48 + 2L * member.length();
      }
    }
    return 256 + 2 * characters + lists;
  }

  private void forget(Change change) {
    unknown.clear();
    if (change.all()) {
      found.clear();
    } else {
      found.dropIf(
          (hash, it) ->
              change.keys().contains(it.key().id()) || change.users().contains(it.key().userId()));
    }
  }

  @Override
  public @Nullable Lookup known(KeyHash hash) {
    Found key = found.get(hash);
    if (key != null) {
      return key;
    }
    return isAway() ? found.perhapsStale(hash) : unknown.get(hash);
  }

  /** True for a moment after a look-up failed: the next would fail too, and cost time. */
  private boolean isAway() {
    return failed && nanos.getAsLong() - failedAt < PAUSE_NANOS;
  }

  @Override
  public Future<Lookup> find(KeyHash hash) {
    Lookup known = known(hash);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    if (isAway()) {
      return Future.succeededFuture(UNAVAILABLE);
    }
    Promise<Lookup> promise = Promise.promise();
    var _ =
        flight(hash)
            .whenComplete(
                (lookup, tooLate) -> promise.complete(tooLate == null ? lookup : away(hash)));
    return promise.future();
  }

  private CompletableFuture<Lookup> flight(KeyHash hash) {
    Flight flight = new Flight(hash, found.generation());
    CompletableFuture<Lookup> started = new CompletableFuture<>();
    CompletableFuture<Lookup> other = flights.putIfAbsent(flight, started);
    if (other != null) {
      return other;
    }
    var _ =
        started
            .orTimeout(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)
            .whenComplete((lookup, tooLate) -> flights.remove(flight, started));
    if (lookUps.tryAcquire()) {
      Thread.ofVirtual().name("key-look-up").start(() -> lookUp(hash, started));
    } else {
      started.complete(withoutDatabase(hash));
    }
    return started;
  }

  private void lookUp(KeyHash hash, CompletableFuture<Lookup> started) {
    Lookup lookup = UNAVAILABLE;
    try {
      lookup = read(hash);
      failed = false;
    } catch (AccountsException e) {
      lookup = away(hash);
    } finally {
      lookUps.release();
      started.complete(lookup);
    }
  }

  private Lookup away(KeyHash hash) {
    failedAt = nanos.getAsLong();
    failed = true;
    return withoutDatabase(hash);
  }

  private Lookup withoutDatabase(KeyHash hash) {
    Found key = found.perhapsStale(hash);
    return key == null ? UNAVAILABLE : key;
  }

  private Lookup read(KeyHash hash) {
    FreshCache.Stamp stamp = found.stamp();
    FreshCache.Stamp none = unknown.stamp();
    KeyTable.BySecret row = database.read(session -> KeyTable.find(session, hash));
    if (row == null || row.key().revokedAt() != null) {
      if (found.perhapsStale(hash) != null) {
        found.drop(hash);
      }
      unknown.keep(hash, UNKNOWN, none, UNKNOWN_FOR);
      return UNKNOWN;
    }
    Found key = same(hash, new Found(shared(row.key()), row.until()));
    found.keep(hash, key, stamp, null);
    return key;
  }

  private KeyRecord shared(KeyRecord key) {
    KeyRecord before = records.get(key.id());
    if (before != null && before.equals(key)) {
      return before;
    }
    records.put(key.id(), key);
    return key;
  }

  private Found same(KeyHash hash, Found key) {
    Found before = found.perhapsStale(hash);
    return before != null && before.equals(key) ? before : key;
  }
}
