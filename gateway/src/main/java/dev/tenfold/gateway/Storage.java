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
import java.nio.file.Path;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is stored, put together: users, keys and usage. The database opens in the background, and
 * what needs it says so until it is there.
 */
final class Storage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Storage.class);
  private static final String SPOOL = "usage-spool";
  private static final long OPEN_SECONDS = 3;

  private final Vertx vertx;
  private final Database database;
  private final CompletableFuture<Void> opened;
  private final Accounts accounts;
  private final StoredKeys keys;
  private final UsageStore usage;
  private @Nullable UsageWriter writer;
  private long timer = -1;

  /** Begins to open the database. */
  Storage(Vertx vertx, DatabaseUrl url) {
    this.vertx = vertx;
    database = new Database(url);
    opened = database.openInBackground();
    accounts = new Accounts(database, InstantSource.system());
    keys = new StoredKeys(database);
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
              try {
                units.complete(usage.unitsSince(keyId, month));
              } catch (RuntimeException e) {
                log.warn("the units that a key has used before are not known: {}", e.getMessage());
                units.fail(e);
              }
            });
    return units.future();
  }

  /** From now on what stands in the book is written. */
  void write(UsageBook book, UsageConfig config, @Nullable Path data) {
    UsageWriter begun =
        new UsageWriter(book, usage::write, spool(config, data), InstantSource.system());
    writer = begun;
    timer = vertx.setPeriodic(config.interval().toMillis(), tick -> begun.tick());
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

  /**
   * Waits a moment for the database. One that cannot be reached is tried again behind, and calls go
   * on meanwhile.
   *
   * @throws SchemaTooNewException if a newer program made it
   */
  void awaitOpen() {
    try {
      opened.get(OPEN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      log.warn("the database is not there yet: keys that are not known get 503 until it is");
      var _ = opened.whenComplete((done, failure) -> tell(failure));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
