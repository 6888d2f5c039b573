package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The hits and misses of one method, and one recent example of each reason. Thread-safe, without a
 * lock; counting allocates nothing, but for an example in {@link #EXAMPLE_AGE} at the most.
 */
final class MethodCounts {
  /** An example that is younger is kept. */
  static final Duration EXAMPLE_AGE = Duration.ofSeconds(10);

  private final String method;
  private final LongAdder hits = new LongAdder();
  private final Map<MissReason, Misses> misses = new EnumMap<>(MissReason.class);

  /** The misses for one reason. */
  private static final class Misses {
    final LongAdder count = new LongAdder();
    volatile @Nullable MissExample example;
  }

  MethodCounts(String method) {
    this.method = method;
    for (MissReason reason : MissReason.values()) {
      misses.put(reason, new Misses());
    }
  }

  void hit() {
    hits.increment();
  }

  void miss(MissReason reason, String chain, RpcRequest request, Instant now) {
    Misses counted = of(reason);
    counted.count.increment();
    MissExample last = counted.example;
    if (last == null || Duration.between(last.at(), now).compareTo(EXAMPLE_AGE) >= 0) {
      counted.example = MissExample.of(now, chain, request);
    }
  }

  String method() {
    return method;
  }

  long hits() {
    return hits.sum();
  }

  long misses(MissReason reason) {
    return of(reason).count.sum();
  }

  long misses() {
    return misses.values().stream().mapToLong(counted -> counted.count.sum()).sum();
  }

  @Nullable MissExample example(MissReason reason) {
    return of(reason).example;
  }

  private Misses of(MissReason reason) {
    return Objects.requireNonNull(misses.get(reason));
  }
}
