package dev.tenfold.bench;

import dev.tenfold.gateway.rpc.RpcReply;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.cache.MemoryCache;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Look-ups: of the cache by itself, and of all stages of a hit. JMH derives from it. */
@State(Scope.Thread)
public class LookUpMicro {
  private static final int DRAWS = 1 << 16;

  private final KnownChain chain = new KnownChain();
  private final RpcRequest[] requests = new RpcRequest[KnownChain.BLOCKS];
  private final RpcRequest latest = chain.request(KnownChain.latest());
  private final String[] keys = new String[KnownChain.BLOCKS];
  private final MemoryCache<String, byte[]> cache =
      MemoryCache.<String, byte[]>builder()
          .maximumBytes(128 << 20)
          .sizeOf((key, value) -> key.length() + value.length)
          .build();
  private final int[] order = new Random(1).ints(DRAWS, 0, KnownChain.BLOCKS).toArray();
  private int at;

  /** Keeps the same blocks in both. */
  public LookUpMicro() {
    for (int number = 0; number < KnownChain.BLOCKS; number++) {
      requests[number] = chain.request(KnownChain.body(number));
      keys[number] = "block " + number;
      cache.put(keys[number], KnownChain.block(number));
    }
  }

  @TearDown
  public void close() {
    chain.close();
  }

  private int next() {
    at = (at + 1) & (DRAWS - 1);
    return order[at];
  }

  /** {@code MemoryCache.get} of 10,000 texts, in any order. */
  @Benchmark
  public byte @Nullable [] cacheOf10000() {
    return cache.get(keys[next()]);
  }

  /** Policy, terms, key, look-up and validity of one final block. */
  @Benchmark
  public @Nullable RpcReply knownBlock() {
    return chain.stages().known(requests[0]);
  }

  /** The same of 10,000 blocks, in any order. */
  @Benchmark
  public @Nullable RpcReply knownOf10000() {
    return chain.stages().known(requests[next()]);
  }

  /** The same of the newest block, by its tag. */
  @Benchmark
  public @Nullable RpcReply knownLatest() {
    return chain.stages().known(latest);
  }
}
