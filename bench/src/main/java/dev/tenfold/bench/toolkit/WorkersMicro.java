package dev.tenfold.bench.toolkit;

import dev.tenfold.toolkit.workers.WorkerPool;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A thousand jobs are submitted by one thread and run by two workers. JMH derives from it. */
@State(Scope.Benchmark)
public class WorkersMicro {
  private static final int JOBS = 1_000;
  private static final int WORKERS = 2;

  /** How much a job works, in tokens of {@code Blackhole.consumeCPU}; a token is about 2 ns. */
  @Param({"0", "1000"})
  public int work;

  private final WorkerPool pool =
      WorkerPool.builder().name("bench").workers(WORKERS).queueCapacity(JOBS).start();
  private final WorkerPool virtualPool =
      WorkerPool.builder()
          .name("bench-virtual")
          .workers(WORKERS)
          .queueCapacity(JOBS)
          .virtualThreads()
          .start();
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(WORKERS, WORKERS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(JOBS));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(WORKERS);

  /** JMH makes one. */
  public WorkersMicro() {}

  /** Ends all threads. */
  @TearDown
  public void close() {
    pool.close();
    virtualPool.close();
    executor.close();
    threads.close();
  }

  private void run(CountDownLatch done) {
    Blackhole.consumeCPU(work);
    done.countDown();
  }

  /** {@code WorkerPool} with platform threads. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public void tenfold() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(JOBS);
    for (int i = 0; i < JOBS; i++) {
      pool.submit(() -> run(done));
    }
    done.await();
  }

  /** The same with virtual threads. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public void tenfoldVirtual() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(JOBS);
    for (int i = 0; i < JOBS; i++) {
      virtualPool.submit(() -> run(done));
    }
    done.await();
  }

  /** {@code ThreadPoolExecutor.execute} with a queue of the same size. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public void threadPoolExecutor() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(JOBS);
    for (int i = 0; i < JOBS; i++) {
      executor.execute(() -> run(done));
    }
    done.await();
  }

  /** A virtual thread for each job, which a semaphore lets run two at a time. */
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public void virtualThreadAJob() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(JOBS);
    for (int i = 0; i < JOBS; i++) {
      threads.execute(
          () -> {
            permits.acquireUninterruptibly();
            try {
              run(done);
            } finally {
              permits.release();
            }
          });
    }
    done.await();
  }
}
