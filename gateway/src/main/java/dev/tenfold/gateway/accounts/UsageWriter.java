package dev.tenfold.gateway.accounts;

import dev.tenfold.gateway.access.UsageBook;
import dev.tenfold.gateway.access.UsageBook.Used;
import dev.tenfold.toolkit.batching.Backoff;
import dev.tenfold.toolkit.batching.BatchWriter;
import dev.tenfold.toolkit.workers.WorkerPool;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
 * cannot be written, one chunk stays in memory, with its id, until the disk or the database takes
 * it, and what is used meanwhile stays in the book.
 *
 * <p>A chunk that the database refuses for what is in it is set aside in the spool, and the others
 * are written.
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
  private final Consumer<List<UsageChunk>> store;
  private final Optional<UsageSpool> spool;
  private final InstantSource clock;
  private final Uuid7 ids;
  private final WorkerPool workers;
  private final BatchWriter<UsageChunk> writer;

  /** Those that the writer has, and those that are done but whose file stays where it is. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /** Those that are not on disk, until it or the database takes them. */
  private final Map<String, UsageChunk> inMemory = new ConcurrentHashMap<>();

  private final AtomicLong warnedNanos = new AtomicLong(System.nanoTime() - LOG_NANOS);
  private final AtomicLong unsavedNanos = new AtomicLong(System.nanoTime() - LOG_NANOS);
  private final AtomicBoolean ticking = new AtomicBoolean();
  private boolean closed; // guarded by this

  /**
   * Begins.
   *
   * @param store writes chunks in one transaction, each id once, as {@link UsageStore#write} does
   * @param spool where chunks wait on disk; without one, what the database does not take in time is
   *     kept in memory only
   */
  public UsageWriter(
      UsageBook book,
      Consumer<List<UsageChunk>> store,
      Optional<UsageSpool> spool,
      InstantSource clock) {
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
    if (ticking.compareAndSet(false, true) && !workers.trySubmit(this::takeTurn)) {
      ticking.set(false);
    }
  }

  private void takeTurn() {
    try {
      takeOut(false);
    } finally {
      ticking.set(false);
    }
  }

  private synchronized void takeOut(boolean last) {
    if (closed) {
      return;
    }
    closed = last;
    inMemory.values().forEach(this::putOnItsWay);
    if (last || inMemory.isEmpty()) { // else it gathers in the book, where it needs no more room
      List<Used> used = book.collect();
      if (!used.isEmpty()) {
        putOnItsWay(chunk(used));
      }
    }
    replay();
  }

  private void putOnItsWay(UsageChunk chunk) {
    inMemory.put(chunk.id(), chunk);
    if (save(chunk)) {
      inMemory.remove(chunk.id());
    }
    if (!underWay.contains(chunk.id())) {
      offer(chunk);
    }
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
      if (isDue(unsavedNanos)) {
        log.error("usage cannot be put on disk, and is in memory only: {}", e.toString());
      }
      return false;
    }
  }

  private void offer(UsageChunk chunk) {
    underWay.add(chunk.id());
    if (!writer.offer(chunk)) {
      underWay.remove(chunk.id());
    }
  }

  /** What waits on disk, of this process or of one before, is tried again, the oldest first. */
  private void replay() {
    if (spool.isEmpty() || writer.stats().pendingItems() > CHUNKS_AT_ONCE) {
      return;
    }
    spool.get().waiting().stream()
        .filter(id -> !underWay.contains(id))
        .map(id -> spool.get().read(id))
        .flatMap(Optional::stream)
        .limit(CHUNKS_AT_ONCE)
        .forEach(this::offer);
  }

  private void write(List<UsageChunk> chunks) {
    store.accept(chunks);
    for (UsageChunk chunk : chunks) {
      inMemory.remove(chunk.id());
      if (spool.isEmpty() || spool.get().delete(chunk.id())) {
        underWay.remove(chunk.id());
      }
    }
  }

  private static boolean mayPass(Throwable failure) {
    return failure instanceof AccountsException e
        && e.kind() == AccountsException.Kind.UNAVAILABLE
        && !(e.getCause() instanceof SQLException cause && SqlFailures.isOfTheData(cause));
  }

  private void rejected(UsageChunk chunk, Throwable cause) {
    if (mayPass(cause)) {
      if (isDue(warnedNanos)) {
        log.warn("usage waits for the database: {}", cause.getMessage());
      }
      underWay.remove(chunk.id()); // and is tried again, from disk or from memory
      return;
    }
    log.error("the database does not take the usage {}", chunk.id(), cause);
    inMemory.remove(chunk.id());
    if (spool.isEmpty() || spool.get().setAside(chunk.id())) {
      underWay.remove(chunk.id());
    }
  }

  /** Once a minute: an outage has one line for each chunk otherwise. */
  private static boolean isDue(AtomicLong saidNanos) {
    long now = System.nanoTime();
    long last = saidNanos.get();
    return now - last >= LOG_NANOS && saidNanos.compareAndSet(last, now);
  }

  /**
   * Writes what is left, for 10 s at the most; what the database has not taken by then stays on
   * disk for the next process.
   */
  @Override
  public void close() {
    takeOut(true);
    writer.close(CLOSE_LIMIT);
    if (!inMemory.isEmpty()) {
      log.error(
          "{} chunks of usage are lost: neither disk nor database took them", inMemory.size());
    }
    workers.close();
  }
}
