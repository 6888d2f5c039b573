package dev.tenfold.toolkit.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenfold.toolkit.workers.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads add while one closes, with a sink that fails now and then: every item ends once. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BatchWriterStressTest {

  private static final int ADDERS = 3;
  private static final int ITEMS = 60;
  private static final int ROUNDS = 300;

  /** What happens to the items of one round, as all sides saw it. */
  private static final class Round {
    final Queue<Integer> added = new ConcurrentLinkedQueue<>();
    final Queue<Integer> written = new ConcurrentLinkedQueue<>();
    final Queue<Integer> rejected = new ConcurrentLinkedQueue<>();

    void write(List<Integer> batch) throws Exception {
      var random = new SplittableRandom();
      if (random.nextInt(3) == 0) {
        linger();
      }
      if (random.nextInt(6) == 0) {
        throw new IOException("a hiccup");
      }
      if (random.nextInt(50) == 0 && Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (batch.stream().anyMatch(item -> item % 17 == 0)) {
        throw new IllegalArgumentException("poison");
      }
      written.addAll(batch);
    }

    /** Long enough for a close to come in between. */
    private static void linger() {
      for (int i = 0; i < 3_000; i++) {
        Thread.onSpinWait();
      }
    }

    void add(BatchWriter<Integer> writer, int from) throws InterruptedException {
      for (int item = from; item < from + ITEMS; item++) {
        try {
          if (item % 3 == 0) {
            writer.add(item, Duration.ofMillis(5));
            added.add(item);
          } else if (writer.offer(item)) {
            added.add(item);
          }
        } catch (ItemRefusedException refused) {
          // not added
        }
      }
    }

    void check(Leftovers<Integer> left, BatchStats stats) {
      List<Integer> handedBack = left.all();
      List<Integer> ended = new ArrayList<>(written);
      ended.removeAll(left.interrupted()); // may have been written, and are handed back
      ended.addAll(rejected);
      ended.addAll(handedBack);
      assertThat(written).doesNotHaveDuplicates();
      assertThat(ended).containsExactlyInAnyOrderElementsOf(added);
      assertThat(stats.added()).isEqualTo(added.size());
      assertThat(stats.rejected()).isEqualTo(rejected.size());
      assertThat(stats.handedBack()).isEqualTo(handedBack.size());
      assertThat(stats.written()).isEqualTo(added.size() - rejected.size() - handedBack.size());
      assertThat(stats.pendingItems()).isZero();
      assertThat(stats.pendingBytes()).isZero();
      assertThat(stats.refused()).isEqualTo(ADDERS * ITEMS - added.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 3", "300, 1", "300, 2", "20000000, 1", "20000000, 3"})
  void everyItemIsWrittenOrRejectedOrHandedBackOnce(long closeMicros, int concurrency)
      throws Exception {
    try (ExecutorService adders = Executors.newFixedThreadPool(ADDERS)) {
      for (int i = 0; i < ROUNDS; i++) {
        var round = new Round();
        var pool = WorkerPool.builder().workers(2).queueCapacity(1).start();
        BatchWriter<Integer> writer = writer(round, pool, concurrency);
        var start = new CyclicBarrier(ADDERS + 1);
        List<Future<?>> adding = new ArrayList<>();
        for (int adder = 0; adder < ADDERS; adder++) {
          int from = 1 + adder * ITEMS;
          adding.add(
              adders.submit(
                  () -> {
                    start.await();
                    round.add(writer, from);
                    return null;
                  }));
        }
        start.await();
        var flush = writer.flush();
        Leftovers<Integer> left = writer.close(Duration.of(closeMicros, ChronoUnit.MICROS));
        for (Future<?> each : adding) {
          each.get();
        }
        pool.close();
        assertThat(flush).isDone();
        round.check(left, writer.stats());
        if (closeMicros > 1_000_000) {
          assertThat(left.isEmpty()).isTrue();
        }
      }
    }
  }

  private static BatchWriter<Integer> writer(Round round, WorkerPool pool, int concurrency) {
    return BatchWriter.<Integer>builder(round::write)
        .retryable(IOException.class::isInstance)
        .onRejected((item, cause) -> round.rejected.add(item))
        .weigher(item -> item % 5)
        .batchItems(8)
        .batchBytes(20)
        .pendingItems(24)
        .pendingBytes(60)
        .maxAge(Duration.ofNanos(50_000))
        .backoff(new Backoff(4, Duration.ofNanos(10_000), Duration.ofNanos(100_000)))
        .concurrency(concurrency)
        .executor(pool)
        .build();
  }
}
