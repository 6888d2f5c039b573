package dev.tenfold.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.gateway.access.UsageBook;
import dev.tenfold.gateway.access.Usages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UsageWriterTicksTest {
  private final UsageBook book = new UsageBook();
  private final List<UsageRow> written = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);

  @Test
  void ticksWhileTheLastOneRunsDoNotWaitInLine() throws Exception {
    UsageWriter writer = new UsageWriter(book, this::write, Optional.empty(), this::slowly);
    hit("first");
    writer.tick();
    asked.await();
    IntStream.range(0, 100).forEach(i -> writer.tick());
    hit("second");
    told.countDown();

    Waiting.until(() -> !written.isEmpty());
    assertThat(written).extracting(UsageRow::keyId).containsExactly("first");

    Waiting.until(
        () -> {
          writer.tick();
          return written.size() == 2;
        });
    writer.close();
    assertThat(written).extracting(UsageRow::keyId).containsExactly("first", "second");
  }

  @Test
  void withoutASpoolOneChunkWaitsInMemoryAndTheRestInTheBook() {
    Set<String> tried = ConcurrentHashMap.newKeySet();
    AtomicInteger times = new AtomicInteger();
    told.countDown();
    UsageWriter writer =
        new UsageWriter(
            book,
            chunks -> {
              chunks.forEach(chunk -> tried.add(chunk.id()));
              times.incrementAndGet();
              throw AccountsException.unavailable("away", null);
            },
            Optional.empty(),
            this::slowly);
    Waiting.until(
        () -> {
          hit("k");
          writer.tick();
          return times.get() > 7;
        });
    assertThat(tried).hasSize(1);
    writer.close();
    assertThat(tried).hasSize(2);
  }

  private void write(List<UsageChunk> chunks) {
    chunks.forEach(chunk -> written.addAll(chunk.rows()));
  }

  private void hit(String key) {
    Usages.hit(book, key, "main", "eth_call");
  }

  private Instant slowly() {
    if (Thread.currentThread().getName().startsWith("usage")) {
      asked.countDown();
      try {
        told.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return Instant.parse("2026-11-26T10:00:00Z");
  }
}
