package dev.tenfold.bench.toolkit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** 10,000 virtual threads take a thing, touch it, and give it back. JMH derives from it. */
@State(Scope.Benchmark)
public class PoolOnVirtualThreadsMicro {
  private final PoolCandidates pools = new PoolCandidates(Things.BYTES_64K, 64);

  /** JMH makes one. */
  public PoolOnVirtualThreadsMicro() {}

  /** Ends the pools. */
  @TearDown
  public void close() throws InterruptedException {
    pools.close();
  }

  /** {@code ObjectPool}. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void tenfold(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(pools::tenfold, hole);
  }

  /** No pool. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void plainAllocation(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(() -> Things.use(Things.BYTES_64K.make()), hole);
  }

  /** Apache Commons Pool 2. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void commonsPool(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(pools::commonsPool, hole);
  }

  /** Stormpot 4. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void stormpot(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(pools::stormpot, hole);
  }

  /** Netty's recycler. */
  @Benchmark
  @OperationsPerInvocation(VirtualThreads.COUNT)
  public void nettyRecycler(Blackhole hole) throws InterruptedException {
    VirtualThreads.run(pools::nettyRecycler, hole);
  }
}
