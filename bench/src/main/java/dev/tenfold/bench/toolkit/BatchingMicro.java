package dev.tenfold.bench.toolkit;

import dev.tenfold.toolkit.batching.BatchWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A thousand items are written to a sink whose calls cost something. JMH derives from it. */
@State(Scope.Benchmark)
public class BatchingMicro {
  private static final int ITEMS = 1_000;
  private static final int BATCH = 100;
  private static final int ITEM_WORK = 20;

  /** What a call of the sink works besides its items, in tokens of {@code consumeCPU}. */
  @Param({"0", "5000"})
  public int callWork;

  private final BatchWriter<Integer> writer =
      BatchWriter.<Integer>builder(this::sink)
          .batchItems(BATCH)
          .maxAge(Duration.ofMillis(50))
          .pendingItems(ITEMS)
          .retryable(failure -> false)
          .onRejected(
              (items, cause) -> {
                throw new IllegalStateException("not written", cause);
              })
          .build();
  private final ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(ITEMS);
  private final Thread drainer = Thread.ofPlatform().daemon().start(this::drain);
  private volatile CountDownLatch written = new CountDownLatch(ITEMS);

  /** JMH makes one. */
  public BatchingMicro() {}

  /** Ends the threads. */
  @TearDown
  public void close() throws InterruptedException {
    writer.close();
    drainer.interrupt();
    drainer.join();
  }

  private void sink(List<Integer> items) {
    Blackhole.consumeCPU(callWork + (long) ITEM_WORK * items.size());
  }

  private void drain() {
    List<Integer> batch = new ArrayList<>(BATCH);
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        sink(batch);
        for (int i = 0; i < batch.size(); i++) {
          written.countDown();
        }
        batch.clear();
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /** {@code BatchWriter}, and a flush that waits for all. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void tenfold() throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      writer.add(i, Duration.ofSeconds(1));
    }
    writer.flush().join();
  }

  /** A call of the sink for each item. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void plainLoop() {
    for (int i = 0; i < ITEMS; i++) {
      sink(List.of(i));
    }
  }

  /** A queue, and a thread that takes from it as much as there is. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void queueAndDrainTo() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(ITEMS);
    written = all;
    for (int i = 0; i < ITEMS; i++) {
      queue.put(i);
    }
    all.await();
  }
}
