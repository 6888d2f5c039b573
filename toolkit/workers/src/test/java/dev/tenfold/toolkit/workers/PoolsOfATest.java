package dev.tenfold.toolkit.workers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;

/** Pools that end with the test, and jobs that wait for it. */
abstract class PoolsOfATest {

  static final Duration LONG = Duration.ofSeconds(20);
  static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  final CountDownLatch gate = new CountDownLatch(1);
  final BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();
  final Queue<Object> done = new ConcurrentLinkedQueue<>();
  final List<WorkerPool> pools = new ArrayList<>();

  @AfterEach
  final void end() {
    gate.countDown();
    pools.forEach(pool -> pool.stop(Duration.ZERO));
  }

  final WorkerPool pool(int workers, int queueCapacity) {
    return started(WorkerPool.builder().workers(workers).queueCapacity(queueCapacity));
  }

  final WorkerPool started(WorkerPool.Builder builder) {
    WorkerPool pool = builder.start();
    pools.add(pool);
    return pool;
  }

  /** Takes a worker until the gate opens. */
  final Job busy() {
    return () -> {
      begun.add(Thread.currentThread());
      gate.await();
      done.add("busy");
    };
  }

  final Job marking(Object mark) {
    return () -> done.add(mark);
  }
}
