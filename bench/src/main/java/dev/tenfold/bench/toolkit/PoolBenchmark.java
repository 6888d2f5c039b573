package dev.tenfold.bench.toolkit;

/** {@code bench/run pool}. */
final class PoolBenchmark {
  private PoolBenchmark() {}

  static JmhComparison comparison() {
    return new JmhComparison(
            "pool",
            "A thing is taken and given back",
            """
            An operation takes a thing from a pool with room for 64, touches it, and gives it back: an array of 1 KiB, one of 64 KiB, or a `Deflater`. `plainAllocation` makes one each time, and ends a `Deflater`
            (`end`), as one should. `tenfold` is `ObjectPool` with `get` and `put`, `commonsPool` a `GenericObjectPool` of Apache Commons Pool 2, `stormpot` Stormpot 4, `nettyRecycler` Netty's `Recycler`, which keeps
            things by thread. All reset a `Deflater`; nobody clears an array. Ours alone refuses a second return of the same thing. `PoolOnVirtualThreads`: an operation is a virtual thread, from its start to its end, that takes an
            array of 64 KiB once; 10,000 are started at a time.\
            """)
        .of(PoolMicro.class, 1, 8)
        .of(PoolOnVirtualThreadsMicro.class, 1);
  }
}
