package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.rpc.MissReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many calls were hits, and why the others were not. Thread-safe, without a lock. */
public final class CacheCounts {
  private final LongAdder hits = new LongAdder();
  private final LongAdder collapsed = new LongAdder();
  private final Map<MissReason, LongAdder> misses = new EnumMap<>(MissReason.class);

  public CacheCounts() {
    for (MissReason reason : MissReason.values()) {
      misses.put(reason, new LongAdder());
    }
  }

  public void hit() {
    hits.increment();
  }

  /** A call was not answered from memory; {@code joined} if it waited for an equal one. */
  public void miss(MissReason reason, boolean joined) {
    Objects.requireNonNull(misses.get(reason)).increment();
    if (joined) {
      collapsed.increment();
    }
  }

  public long hits() {
    return hits.sum();
  }

  public long misses(MissReason reason) {
    return Objects.requireNonNull(misses.get(reason)).sum();
  }

  public long misses() {
    return misses.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Misses that waited for an equal call of another. */
  public long collapsed() {
    return collapsed.sum();
  }
}
