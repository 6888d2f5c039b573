package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts hits, and misses by reason, since it was made. Thread-safe and lock-free; counting
 * allocates nothing that grows with traffic.
 */
public final class CacheCounters implements CacheMetrics {
  private final LongAdder hits = new LongAdder();
  private final LongAdder collapsed = new LongAdder();
  private final Map<MissReason, LongAdder> misses = new EnumMap<>(MissReason.class);

  /** Starts at zero. */
  public CacheCounters() {
    for (MissReason reason : MissReason.values()) {
      misses.put(reason, new LongAdder());
    }
  }

  @Override
  public void hit(RpcRequest request) {
    hits.increment();
  }

  @Override
  public void miss(RpcRequest request, MissReason reason, boolean waitedForAnother) {
    of(reason).increment();
    if (waitedForAnother) {
      collapsed.increment();
    }
  }

  /** Calls answered from memory, or here. */
  public long hits() {
    return hits.sum();
  }

  /** Calls that went to a node for this reason, those that waited for another's included. */
  public long misses(MissReason reason) {
    return of(reason).sum();
  }

  /** Calls that waited for an equal call of another; each is also a miss. */
  public long collapsed() {
    return collapsed.sum();
  }

  private LongAdder of(MissReason reason) {
    return Objects.requireNonNull(misses.get(reason));
  }
}
