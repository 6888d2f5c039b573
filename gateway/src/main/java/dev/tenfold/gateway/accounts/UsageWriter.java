package dev.tenfold.gateway.accounts;

import dev.tenfold.gateway.access.UsageBook;
import dev.tenfold.gateway.access.UsageBook.Used;
import dev.tenfold.toolkit.batching.Backoff;
import dev.tenfold.toolkit.batching.BatchWriter;
import dev.tenfold.toolkit.batching.Leftovers;
import dev.tenfold.toolkit.workers.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what stands in the {@link UsageBook} to the database. Each time, what was used since is
 * taken out as one chunk with an id of its own, put on disk, and written behind; the file is
 * deleted when the database has it. So a process that is killed loses what was used since the last
 * time, and nothing else; and since a chunk is written under its id once only, no retry counts
 * twice.
 *
 * <p>While the database is away, files gather in the {@link UsageSpool}. Where that is full or
 * cannot be written, what was used goes back into the book, to be taken out again.
 *
 * <p>Thread-safe. {@link #tick} returns at once; the work is done by workers of its own. Whoever
 * made it closes it.
 */
public final class UsageWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UsageWriter.class);
  private static final int WORKERS = 2;
  private static final int QUEUE = 16;
  private static final int CHUNKS_AT_ONCE = 50;
  private static final int CHUNKS_UNDER_WAY = 200;
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final UsageBook book;
  private final UsageStore store;
  private final Optional<UsageSpool> spool;
  private final InstantSource clock;
  private final Uuid7 ids;
  private final WorkerPool workers;
  private final BatchWriter<UsageChunk> writer;

  /** Those that the writer has, and whether they are on disk too. */
  private final Map<String, Boolean> underWay = new ConcurrentHashMap<>();

  private final AtomicLong warnedNanos = new AtomicLong(System.nanoTime() - LOG_NANOS);
  private final Map<String, List<Used>> unsaved = new ConcurrentHashMap<>();

  /**
   * Begins.
   *
   * @param spool where chunks wait on disk; without one, what the database does not take in time is
   *     kept in memory only
   */
  public UsageWriter(
      UsageBook book, UsageStore store, Optional<UsageSpool> spool, InstantSource clock) {
    this.book = book;
    this.store = store;
    this.spool = spool;
    this.clock = clock;
    this.ids = new Uuid7(clock);
    workers =
        WorkerPool.builder()
            .name("usage")
            .workers(WORKERS)
            .queueCapacity(QUEUE)
            .virtualThreads()
            .start();
    writer =
        BatchWriter.<UsageChunk>builder(this::write)
            .retryable(UsageWriter::mayPass)
            .onRejected(this::rejected)
            .batchItems(CHUNKS_AT_ONCE)
            .pendingItems(CHUNKS_UNDER_WAY)
            .maxAge(Duration.ZERO)
            .backoff(new Backoff(TRIES, FIRST_PAUSE, LONGEST_PAUSE))
            .executor(workers)
            .build();
  }

  /**
   * Has what was used since the last time written. If the last time is not over, nothing happens.
   */
  public void tick() {
    workers.trySubmit(this::takeOut);
  }

  private synchronized void takeOut() {
    List<Used> used = book.collect();
    if (!used.isEmpty()) {
      takeOut(used);
    }
    replay();
  }

  private void takeOut(List<Used> used) {
    UsageChunk chunk = chunk(used);
    boolean saved = save(chunk);
    if (!saved) {
      unsaved.put(chunk.id(), used);
    }
    offer(chunk);
  }

  private UsageChunk chunk(List<Used> used) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    return new UsageChunk(ids.next(), used.stream().map(one -> row(one, hour)).toList());
  }

  private static UsageRow row(Used used, Instant hour) {
    return new UsageRow(
        used.keyId(),
        used.chain(),
        used.method(),
        hour,
        used.sums().calls(),
        used.sums().hits(),
        used.sums().errors(),
        used.sums().units(),
        used.sums().bytes(),
        used.sums().savedUnits(),
        used.sums().savedMicros());
  }

  private boolean save(UsageChunk chunk) {
    if (spool.isEmpty()) {
      return false;
    }
    try {
      spool.get().save(chunk);
      return true;
    } catch (IOException e) {
      log.error("usage cannot be put on disk, and is in memory only: {}", e.toString());
      return false;
    }
  }

  private void offer(UsageChunk chunk) {
    underWay.put(chunk.id(), true);
    if (!writer.offer(chunk)) {
      postpone(chunk);
    }
  }

  /** What waits on disk, of this process or of one before, is tried again, the oldest first. */
  private void replay() {
    if (spool.isEmpty() || writer.stats().pendingItems() > CHUNKS_AT_ONCE) {
      return;
    }
    spool.get().waiting().stream()
        .filter(id -> !underWay.containsKey(id))
        .limit(CHUNKS_AT_ONCE)
        .map(id -> spool.get().read(id))
        .flatMap(Optional::stream)
        .forEach(this::offer);
  }

  private void write(List<UsageChunk> chunks) {
    store.write(chunks);
    for (UsageChunk chunk : chunks) {
      underWay.remove(chunk.id());
      if (unsaved.remove(chunk.id()) == null) {
        spool.ifPresent(disk -> disk.delete(chunk.id()));
      }
    }
  }

  private static boolean mayPass(Throwable failure) {
    return failure instanceof AccountsException e && e.kind() == AccountsException.Kind.UNAVAILABLE;
  }

  private void rejected(UsageChunk chunk, Throwable cause) {
    if (mayPass(cause)) {
      warn(cause);
      postpone(chunk);
      return;
    }
    log.error("the database does not take the usage {}", chunk.id(), cause);
    if (unsaved.remove(chunk.id()) == null) {
      spool.ifPresent(disk -> disk.setAside(chunk.id()));
    }
    underWay.remove(chunk.id());
  }

  /** Once a minute: an outage has one line for each chunk otherwise. */
  private void warn(Throwable cause) {
    long now = System.nanoTime();
    long last = warnedNanos.get();
    if (now - last >= LOG_NANOS && warnedNanos.compareAndSet(last, now)) {
      log.warn("usage waits for the database: {}", cause.getMessage());
    }
  }

  /** It is on disk, and is tried again; or else what it has goes back into the book. */
  private void postpone(UsageChunk chunk) {
    List<Used> used = unsaved.remove(chunk.id());
    if (used != null) {
      book.giveBack(used);
    }
    underWay.remove(chunk.id());
  }

  /**
   * Writes what is left, for 10 s at the most; what the database has not taken by then stays on
   * disk for the next process.
   */
  @Override
  public void close() {
    takeOut();
    Leftovers<UsageChunk> left = writer.close(CLOSE_LIMIT);
    long lost = left.all().stream().filter(chunk -> unsaved.containsKey(chunk.id())).count();
    if (lost > 0) {
      log.error("{} chunks of usage are lost: neither disk nor database took them", lost);
    }
    workers.close();
  }
}
