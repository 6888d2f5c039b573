package dev.tenfold.bench.toolkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thing is taken, touched and given back; or made, and left or ended. JMH derives from it. */
@State(Scope.Benchmark)
public class PoolMicro {
  private static final int SIZE = 64;

  /** What is taken. */
  @Param({"BYTES_1K", "BYTES_64K", "DEFLATER"})
  public String thing = "";

  private @Nullable Things things;
  private @Nullable PoolCandidates pools;

  /** JMH makes one for all threads. */
  public PoolMicro() {}

  /** Makes the pools, which are filled as they are used. */
  @Setup
  public void open() {
    things = Things.valueOf(thing);
    pools = new PoolCandidates(things, SIZE);
  }

  /** Ends the pools. */
  @TearDown
  public void close() throws InterruptedException {
    pools().close();
  }

  private PoolCandidates pools() {
    return Objects.requireNonNull(pools);
  }

  /** {@code ObjectPool}. */
  @Benchmark
  public Object tenfold() {
    return pools().tenfold();
  }

  /** No pool. */
  @Benchmark
  public Object plainAllocation() {
    Object made = Things.use(Objects.requireNonNull(things).make());
    Things.drop(made);
    return made;
  }

  /** Apache Commons Pool 2. */
  @Benchmark
  public Object commonsPool() throws Exception {
    return pools().commonsPool();
  }

  /** Stormpot 4. */
  @Benchmark
  public Object stormpot() throws InterruptedException {
    return pools().stormpot();
  }

  /** Netty's recycler, which keeps what a thread gives back for that thread. */
  @Benchmark
  public Object nettyRecycler() {
    return pools().nettyRecycler();
  }
}
