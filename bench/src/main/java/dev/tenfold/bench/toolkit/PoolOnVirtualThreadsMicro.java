package dev.tenfold.bench.toolkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** 10,000 virtual threads take a thing, touch it, and give it back. JMH derives from it. */
@State(Scope.Benchmark)
public class PoolOnVirtualThreadsMicro {
  private static final int THREADS = 10_000;

  private final PoolCandidates pools = new PoolCandidates(Things.BYTES_64K, 64);

  /** JMH makes one. */
  public PoolOnVirtualThreadsMicro() {}

  /** Ends the pools. */
  @TearDown
  public void close() throws InterruptedException {
    pools.close();
  }

  private static void onThreads(Callable<Object> work, Blackhole hole) throws InterruptedException {
    List<Thread> threads = new ArrayList<>(THREADS);
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.startVirtualThread(() -> hole.consume(result(work))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Object result(Callable<Object> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new IllegalStateException("the pool failed", e);
    }
  }

  /** {@code ObjectPool}. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void tenfold(Blackhole hole) throws InterruptedException {
    onThreads(pools::tenfold, hole);
  }

  /** No pool. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void plainAllocation(Blackhole hole) throws InterruptedException {
    onThreads(() -> Things.use(Things.BYTES_64K.make()), hole);
  }

  /** Apache Commons Pool 2. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void commonsPool(Blackhole hole) throws InterruptedException {
    onThreads(pools::commonsPool, hole);
  }

  /** Stormpot 4. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void stormpot(Blackhole hole) throws InterruptedException {
    onThreads(pools::stormpot, hole);
  }

  /** Netty's recycler. */
  @Benchmark
  @OperationsPerInvocation(THREADS)
  public void nettyRecycler(Blackhole hole) throws InterruptedException {
    onThreads(pools::nettyRecycler, hole);
  }
}
