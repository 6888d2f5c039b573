package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.UsageBook;
import dev.tenfold.gateway.access.Usages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the book to a real database, with a spool and without one. */
@Timeout(60)
class UsageWriterTest {
  private static final Instant HOUR = Instant.parse("2026-11-26T10:00:00Z");
  private static final long ROOM = 1 << 20;

  @TempDir Path folder;

  private final UsageBook book = new UsageBook();
  private final AtomicReference<Instant> now = new AtomicReference<>(HOUR.plusSeconds(1800));
  private Database database;
  private UsageStore store;

  @BeforeEach
  void prepare() {
    database = new Database(DatabaseUrl.parse("sqlite:test.db", folder));
    store = new UsageStore(database, now::get);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Path disk() {
    return folder.resolve("spool");
  }

  private Optional<UsageSpool> spool(long bytes) throws IOException {
    return Optional.of(new UsageSpool(disk(), bytes));
  }

  private UsageWriter writer(Optional<UsageSpool> spool) {
    return writer(spool, store::write);
  }

  private UsageWriter writer(Optional<UsageSpool> spool, Consumer<List<UsageChunk>> sink) {
    return new UsageWriter(book, sink, spool, now::get);
  }

  private void hit(String key) {
    Usages.hit(book, key, "main", "eth_call");
  }

  private List<UsageRow> rows() {
    return store.usage(null, Instant.EPOCH, Instant.MAX, 1_000);
  }

  private static UsageRow row(String key, String chain, String method, Instant hour, int hits) {
    return new UsageRow(key, chain, method, hour, hits, hits, 0, hits, 10L * hits, hits, 0);
  }

  private static UsageRow row(String key, int hits) {
    return row(key, "main", "eth_call", HOUR, hits);
  }

  private long written() {
    return rows().stream().mapToLong(UsageRow::calls).sum();
  }

  private void untilWritten(UsageWriter writer, long calls) {
    untilTicked(writer, () -> written() >= calls);
  }

  /** More than one tick may be needed: one while the last one runs does nothing. */
  private static void untilTicked(UsageWriter writer, BooleanSupplier condition) {
    Waiting.until(
        () -> {
          writer.tick();
          return condition.getAsBoolean();
        });
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(disk())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private long chunks() {
    return database
        .read(session -> session.list("SELECT id FROM usage_chunks", row -> row.getString(1)))
        .size();
  }

  @Test
  void whereNothingWasUsedNothingIsWritten() throws Exception {
    database.open();
    try (UsageWriter writer = writer(spool(ROOM))) {
      writer.tick();
    }
    assertThat(chunks()).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void aTickWritesRowsByKeyChainMethodAndHour() throws Exception {
    database.open();
    try (UsageWriter writer = writer(spool(ROOM))) {
      hit("k1");
      hit("k1");
      hit("k2");
      Usages.hit(book, "k1", "side", "eth_call");
      Usages.hit(book, "k1", "main", "eth_getLogs");
      Usages.hit(book, "k1", "main", "made_up");
      writer.tick();
      Waiting.until(() -> !rows().isEmpty());
    }
    assertThat(rows())
        .containsExactly(
            row("k1", 2),
            row("k1", "main", "eth_getLogs", HOUR, 1),
            row("k1", "main", "other", HOUR, 1),
            row("k1", "side", "eth_call", HOUR, 1),
            row("k2", 1));
    assertThat(files()).isEmpty();
  }

  @Test
  void aClockThatJumpsLosesNothing() throws Exception {
    database.open();
    try (UsageWriter writer = writer(spool(ROOM))) {
      for (int jump : new int[] {0, 1, -2, 1}) {
        now.updateAndGet(time -> time.plus(Duration.ofHours(jump)));
        hit("k");
        long before = written();
        untilTicked(writer, () -> written() > before);
      }
    }
    assertThat(rows())
        .containsExactly(
            row("k", "main", "eth_call", HOUR.minusSeconds(3600), 1),
            row("k", 2),
            row("k", "main", "eth_call", HOUR.plusSeconds(3600), 1));
  }

  @Test
  void whatWasUsedBelongsToTheHourInWhichItIsWrittenDown() throws Exception {
    database.open();
    now.set(HOUR.plusSeconds(3599));
    hit("k");
    now.set(HOUR.plusSeconds(3600));
    hit("k");
    writer(spool(ROOM)).close();
    assertThat(rows()).containsExactly(row("k", "main", "eth_call", HOUR.plusSeconds(3600), 2));
  }

  @Test
  void whileTheDatabaseIsAwayUsageGathersOnDiskAndIsCountedOnce() throws Exception {
    try (UsageWriter writer = writer(spool(ROOM))) {
      for (int i = 1; i <= 3; i++) {
        int chunks = i;
        hit("k");
        untilTicked(writer, () -> fileCount() == chunks);
      }
      database.open();
      untilWritten(writer, 3);
      Waiting.until(() -> fileCount() == 0);
    }
    assertThat(rows()).containsExactly(row("k", 3));
    assertThat(chunks()).isEqualTo(3);
  }

  private int fileCount() {
    try {
      return (int) files().stream().filter(name -> name.endsWith(".usage")).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatMayHaveBeenWrittenIsCountedOnce() throws Exception {
    database.open();
    countsOnceThough(spool(ROOM));
  }

  @Test
  void whatMayHaveBeenWrittenIsCountedOnceWithoutADiskToo() {
    database.open();
    countsOnceThough(Optional.empty());
  }

  /** Six times, which is more often than a chunk is tried at once. */
  private void countsOnceThough(Optional<UsageSpool> spool) {
    List<String> tried = new ArrayList<>();
    Consumer<List<UsageChunk>> unsure =
        chunks -> {
          store.write(chunks);
          tried.add(chunks.getFirst().id());
          if (tried.size() <= 6) {
            throw AccountsException.unavailable("the connection broke while confirming", null);
          }
        };
    try (UsageWriter writer = writer(spool, unsure)) {
      hit("k");
      Waiting.until(
          () -> {
            writer.tick();
            return tried.size() > 6;
          });
      hit("k");
      untilWritten(writer, 2);
    }
    assertThat(rows()).containsExactly(row("k", 2));
    assertThat(chunks()).isEqualTo(2);
  }

  @Test
  void whereTheSpoolIsFullNothingIsLostOrDoubledWhileOthersCount() throws Exception {
    nothingIsLostOrDoubled(spool(10));
    assertThat(files()).isEmpty();
  }

  @Test
  void whereTheSpoolTakesAFewNothingIsLostOrDoubledWhileOthersCount() throws Exception {
    nothingIsLostOrDoubled(spool(300));
  }

  @Test
  void whereTheSpoolCannotBeWrittenNothingIsLostOrDoubledWhileOthersCount() throws Exception {
    Optional<UsageSpool> spool = spool(ROOM);
    Files.delete(disk());
    Files.createFile(disk());
    nothingIsLostOrDoubled(spool);
  }

  @Test
  void withoutASpoolNothingIsLostOrDoubledWhileOthersCount() {
    nothingIsLostOrDoubled(Optional.empty());
  }

  private void nothingIsLostOrDoubled(Optional<UsageSpool> spool) {
    int each = 50_000;
    AtomicReference<Boolean> away = new AtomicReference<>(true);
    int[] refused = new int[1];
    database.open();
    Consumer<List<UsageChunk>> sometimes =
        chunks -> {
          if (away.get()) {
            refused[0]++;
            throw AccountsException.unavailable("away", null);
          }
          store.write(chunks);
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      UsageWriter writer = writer(spool, sometimes);
      var counting =
          List.of(threads.submit(() -> count("a", each)), threads.submit(() -> count("b", each)));
      Waiting.until(
          () -> {
            writer.tick();
            return refused[0] > 8
                && counting.stream().allMatch(java.util.concurrent.Future::isDone);
          });
      away.set(false);
      untilWritten(writer, 2L * each);
      writer.close();
    }
    assertThat(rows()).containsExactly(row("a", each), row("b", each));
  }

  private int count(String key, int times) {
    IntStream.range(0, times).forEach(i -> hit(key));
    return times;
  }

  @Test
  void aChunkThatTheDatabaseRefusesIsSetAsideAndTheOthersGoOn() throws Exception {
    database.open();
    database.write(
        session ->
            session.update(
                "CREATE TRIGGER no BEFORE INSERT ON usage_by_hour WHEN new.key_id = 'poison'"
                    + " BEGIN SELECT RAISE(ABORT, 'no'); END"));
    UsageSpool spool = spool(ROOM).orElseThrow();
    UsageChunk poison = UsageChunk.of(List.of(row("poison", 1)));
    spool.save(UsageChunk.of(List.of(row("k1", 1))));
    spool.save(poison);
    spool.save(UsageChunk.of(List.of(row("k2", 1))));

    try (UsageWriter writer = writer(Optional.of(spool))) {
      untilWritten(writer, 2);
      Waiting.until(() -> fileCount() == 0);
      hit("k1");
    }
    assertThat(rows()).containsExactly(row("k1", 2), row("k2", 1));
    assertThat(files()).containsExactly(poison.id() + ".refused");
  }

  @Test
  void aSumThatPostgresCannotHoldIsSetAsideAndTheOthersGoOn() throws Exception {
    UsageSpool spool = spool(ROOM).orElseThrow();
    UsageRow most = new UsageRow("k", "main", "eth_call", HOUR, Long.MAX_VALUE, 0, 0, 0, 0, 0, 0);
    try (Database postgres = new Database(PostgresServer.freshDatabase())) {
      postgres.open();
      UsageStore there = new UsageStore(postgres, now::get);
      there.write(List.of(UsageChunk.of(List.of(most))));
      spool.save(UsageChunk.of(List.of(row("k", 1))));
      spool.save(UsageChunk.of(List.of(row("k2", 1))));
      try (UsageWriter writer = writer(Optional.of(spool), there::write)) {
        Waiting.until(
            () -> {
              writer.tick();
              return fileCount() == 0;
            });
      }
      assertThat(there.usage(null, Instant.EPOCH, Instant.MAX, 10))
          .containsExactly(most, row("k2", 1));
    }
    assertThat(files()).hasSize(1).allMatch(name -> name.endsWith(".refused"));
  }

  @Test
  void filesThatCannotBeReadDoNotHoldUpTheOthers() throws Exception {
    database.open();
    UsageSpool spool = spool(ROOM).orElseThrow();
    for (int i = 0; i < 60; i++) {
      Files.createDirectory(disk().resolve(UsageChunk.of(List.of()).id() + ".usage"));
    }
    spool.save(UsageChunk.of(List.of(row("k", 1))));
    writer(Optional.of(spool)).close();
    assertThat(rows()).containsExactly(row("k", 1));
  }

  @Test
  void aCloseWritesTheRest() {
    database.open();
    UsageWriter writer = writer(Optional.empty());
    hit("k");
    writer.close();
    assertThat(rows()).containsExactly(row("k", 1));
    writer.tick();
    assertThat(rows()).containsExactly(row("k", 1));
  }

  @Test
  void aCloseWhileTheDatabaseIsAwayLeavesTheRestToTheNextWriter() throws Exception {
    hit("k");
    writer(spool(ROOM)).close();
    assertThat(files()).hasSize(1);

    database.open();
    writer(spool(ROOM)).close();
    assertThat(rows()).containsExactly(row("k", 1));
    assertThat(files()).isEmpty();
  }
}
