package dev.tenfold.gateway;

import dev.tenfold.gateway.access.KeyDirectory;
import dev.tenfold.gateway.access.UsageBook;
import dev.tenfold.gateway.accounts.Accounts;
import dev.tenfold.gateway.accounts.Database;
import dev.tenfold.gateway.accounts.DatabaseUrl;
import dev.tenfold.gateway.accounts.SchemaTooNewException;
import dev.tenfold.gateway.accounts.StoredKeys;
import dev.tenfold.gateway.accounts.UsageSpool;
import dev.tenfold.gateway.accounts.UsageStore;
import dev.tenfold.gateway.accounts.UsageWriter;
import dev.tenfold.gateway.config.UsageConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is stored, put together: users, keys and usage. A database that is there is opened behind
 * the start; a file that is not there is made when it is first needed, so that a gateway without
 * keys has none of it in memory.
 */
final class Storage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Storage.class);
  private static final String SPOOL = "usage-spool";
  private static final long OPEN_SECONDS = 3;
  private static final Duration READ_AGAIN = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final DatabaseUrl url;
  private final Database database;
  private final AtomicBoolean opening = new AtomicBoolean();
  private final AtomicBoolean late = new AtomicBoolean();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final Accounts accounts;
  private final KeyDirectory keys;
  private final UsageStore usage;
  private @Nullable UsageWriter writer;
  private long timer = -1;
  private volatile boolean closed;

  /** Asks nothing of the database yet. */
  Storage(Vertx vertx, DatabaseUrl url) {
    this.vertx = vertx;
    this.url = url;
    database = new Database(url);
    accounts = new Accounts(database, InstantSource.system());
    keys =
        new KeysOnceOpen(
            new StoredKeys(database),
            opened,
            this::beginToOpen,
            TimeUnit.SECONDS.toMillis(OPEN_SECONDS));
    usage = new UsageStore(database, InstantSource.system());
  }

  Accounts accounts() {
    return accounts;
  }

  KeyDirectory keys() {
    return keys;
  }

  UsageStore usage() {
    return usage;
  }

  /** The units that a key has used in this month, as far as is stored. */
  Future<Long> usedThisMonth(String keyId) {
    Instant month =
        Instant.now()
            .atOffset(ZoneOffset.UTC)
            .withDayOfMonth(1)
            .truncatedTo(ChronoUnit.DAYS)
            .toInstant();
    Promise<Long> units = Promise.promise();
    Thread.ofVirtual()
        .name("units-before")
        .start(
            () -> {
              while (!closed && !units.future().isComplete()) {
                tryToRead(keyId, month, units);
              }
            });
    return units.future();
  }

  /**
   * As long as the database is away nobody knows; what is used meanwhile is counted all the same.
   */
  private void tryToRead(String keyId, Instant month, Promise<Long> units) {
    try {
      open();
      units.complete(usage.unitsSince(keyId, month));
    } catch (RuntimeException e) {
      log.warn("the units that a key has used before are not known yet: {}", e.getMessage());
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(READ_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on what stands in the book is written. */
  void write(UsageBook book, UsageConfig config, @Nullable Path data) {
    Optional<UsageSpool> spool = spool(config, data);
    boolean left = spool.isPresent() && spool.get().hasWaiting();
    UsageWriter begun = new UsageWriter(book, usage::write, spool, InstantSource.system());
    writer = begun;
    timer =
        vertx.setPeriodic(
            config.interval().toMillis(),
            tick -> {
              if (left || book.isUsed()) {
                beginToOpen();
                begun.tick();
              }
            });
  }

  private static Optional<UsageSpool> spool(UsageConfig config, @Nullable Path data) {
    if (data == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new UsageSpool(data.resolve(SPOOL), config.spool().bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of usage: " + e, e);
    }
  }

  /** Opens the database if it is there, and waits a moment for it. */
  void openIfThere() {
    if (!(url instanceof DatabaseUrl.Sqlite sqlite) || Files.exists(sqlite.file())) {
      open();
    }
  }

  /**
   * Opens the database, and waits a moment for it; does nothing if it is open. One that cannot be
   * reached is tried again behind, and calls go on meanwhile.
   *
   * @throws SchemaTooNewException if a newer program made it
   */
  void open() {
    beginToOpen();
    try {
      opened.get(OPEN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      if (late.compareAndSet(false, true)) { // once: each request of the admin API comes by here
        log.warn("the database is not there yet: keys that are not known get 503 until it is");
        var _ = opened.whenComplete((done, failure) -> tell(failure));
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beginToOpen() {
    if (!opening.compareAndSet(false, true)) {
      return;
    }
    var _ =
        database
            .openInBackground()
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    opened.complete(null);
                  } else {
                    opened.completeExceptionally(failure);
                  }
                });
  }

  private static void tell(@Nullable Throwable failure) {
    if (failure == null) {
      log.info("the database is there");
    } else if (!(failure instanceof CancellationException)) {
      log.error("the database cannot be used, and is not tried again: {}", failure.getMessage());
    }
  }

  /** Writes what was used, and closes the database. Blocks. */
  @Override
  public void close() {
    closed = true;
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    UsageWriter begun = writer;
    if (begun != null) {
      begun.close();
    }
    database.close();
  }
}
