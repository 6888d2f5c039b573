package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of usage over each database. */
@Timeout(60)
abstract class UsageStoreContract {
  private static final Instant HOUR = Instant.parse("2026-11-26T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(HOUR);
  private Database database;
  private UsageStore usage;

  /** Where a new and empty database is. */
  abstract DatabaseUrl freshDatabase();

  @BeforeEach
  void open() {
    database = new Database(freshDatabase());
    database.open();
    usage = new UsageStore(database, now::get);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static UsageRow row(String key, String method, Instant hour, long calls) {
    return new UsageRow(
        key,
        "ethereum",
        method,
        hour,
        calls,
        2 * calls,
        3 * calls,
        4 * calls,
        5 * calls,
        6 * calls,
        7 * calls);
  }

  private List<UsageRow> all() {
    return usage.usage(null, Instant.MIN, Instant.MAX, 100_000);
  }

  @Test
  void rowsOfOnePlaceAddUp() {
    usage.write(List.of(UsageChunk.of(List.of(row("k", "eth_call", HOUR, 1)))));
    usage.write(
        List.of(
            UsageChunk.of(List.of(row("k", "eth_call", HOUR, 2), row("k", "eth_call", HOUR, 3))),
            UsageChunk.of(List.of(row("k", "eth_call", HOUR, 4), row("", "eth_call", HOUR, 9)))));

    assertThat(all()).containsExactly(row("", "eth_call", HOUR, 9), row("k", "eth_call", HOUR, 10));
  }

  @Test
  void aChunkThatWasWrittenIsNotWrittenAgain() {
    UsageChunk chunk = UsageChunk.of(List.of(row("k", "eth_call", HOUR, 1)));
    UsageChunk next = UsageChunk.of(List.of(row("k", "eth_call", HOUR, 10)));

    usage.write(List.of(chunk));
    usage.write(List.of(chunk, next, chunk));
    new UsageStore(database, now::get).write(List.of(next));

    assertThat(all()).containsExactly(row("k", "eth_call", HOUR, 11));
  }

  @Test
  void rowsAreFoundByKeyAndTime() {
    Instant later = HOUR.plus(Duration.ofHours(1));
    usage.write(
        List.of(
            UsageChunk.of(
                List.of(
                    row("b", "eth_call", later, 1),
                    row("b", "eth_call", HOUR, 2),
                    row("a", "eth_call", later, 4),
                    row("a", "eth_chainId", HOUR, 8)))));

    assertThat(usage.usage(null, HOUR, HOUR.plusSeconds(1), 10))
        .extracting(UsageRow::calls)
        .containsExactly(8L, 2L);
    assertThat(usage.usage("b", HOUR.plusNanos(1), Instant.MAX, 10))
        .extracting(UsageRow::calls)
        .containsExactly(1L);
    assertThat(usage.usage(null, HOUR, Instant.MAX, 3))
        .extracting(UsageRow::calls)
        .containsExactly(8L, 2L, 4L);
    assertThat(usage.usage("a'; DROP TABLE usage_by_hour; --", HOUR, Instant.MAX, 3)).isEmpty();
    assertThat(usage.usage("a\0", HOUR, Instant.MAX, 3)).isEmpty();
    assertThatExceptionOfType(AccountsException.class)
        .isThrownBy(() -> usage.usage(null, HOUR, later, 0));
  }

  @Test
  void theUnitsOfAKeySinceAMomentAreSummed() {
    Instant later = HOUR.plus(Duration.ofHours(1));
    usage.write(
        List.of(
            UsageChunk.of(
                List.of(
                    row("a", "eth_call", HOUR, 1),
                    row("a", "eth_call", later, 10),
                    row("a", "eth_chainId", later, 100),
                    row("b", "eth_call", later, 1_000)))));

    assertThat(usage.unitsSince("a", HOUR)).isEqualTo(4 * 111);
    assertThat(usage.unitsSince("a", HOUR.plusMillis(1))).isEqualTo(4 * 110);
    assertThat(usage.unitsSince("nobody", HOUR)).isZero();
  }

  @Test
  void writersAtOnceLoseNothingAndCountNothingTwice() {
    List<CompletableFuture<Void>> writers = IntStream.range(0, 8).mapToObj(this::writer).toList();
    CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new))
        .orTimeout(50, TimeUnit.SECONDS)
        .join();

    assertThat(all()).hasSize(20).allMatch(row -> row.calls() == 8 * 5);
  }

  /** Writes five chunks with a row of each of 20 places, in an order of its own, each twice. */
  private CompletableFuture<Void> writer(int number) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (int i = 0; i < 5; i++) {
                  List<UsageRow> rows = new ArrayList<>();
                  for (int method = 0; method < 20; method++) {
                    rows.add(row("k", "m" + method, HOUR, 1));
                  }
                  Collections.shuffle(rows, new Random(number));
                  UsageChunk chunk = UsageChunk.of(rows);
                  usage.write(List.of(chunk));
                  usage.write(List.of(chunk));
                }
                done.complete(null);
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  @Test
  void idsOfChunksAreForgottenAfterAWeek() {
    UsageChunk chunk = UsageChunk.of(List.of(row("k", "eth_call", HOUR, 1)));
    usage.write(List.of(chunk));
    now.set(HOUR.plus(Duration.ofDays(6)));
    usage.write(List.of(chunk));
    assertThat(all()).containsExactly(row("k", "eth_call", HOUR, 1));

    now.set(HOUR.plus(Duration.ofDays(8)));
    usage.write(List.of(UsageChunk.of(List.of())));
    usage.write(List.of(chunk));
    assertThat(all()).containsExactly(row("k", "eth_call", HOUR, 2));
  }

  @Test
  void whatNoDatabaseTakesIsRefusedWhereItIsMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> row("k", "a\0b", HOUR, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> row("k", "\ud800", HOUR, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> row("k", "x".repeat(257), HOUR, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> row("k", "m", HOUR.plusMillis(1), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> row("k", "m", HOUR, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new UsageChunk("'", List.of()));
  }

  @Test
  void usageStaysWhenItsKeyGoes() {
    Accounts accounts = new Accounts(database, Clock.systemUTC());
    accounts.create(new NewUser("one", "Ada", "ada@example.org"));
    String key = accounts.issueKey("one", NewKey.named("k")).key().id();
    usage.write(List.of(UsageChunk.of(List.of(row(key, "eth_call", HOUR, 1)))));

    accounts.delete("one");

    assertThat(usage.usage(key, HOUR, Instant.MAX, 10)).hasSize(1);
  }
}
