package dev.tenfold.gateway.telemetry;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.evm.Methods;
import dev.tenfold.gateway.rpc.MissReason;
import dev.tenfold.gateway.rpc.RpcRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many calls were hits, and why the others were not, by method. Thread-safe, without a lock.
 *
 * <p>Each method of {@link Methods#all} is counted by itself and all others together, as {@value
 * #OTHER}: what callers make up takes no memory.
 */
public final class CacheCounts {
  static final String OTHER = "other";

  private final InstantSource clock;
  private final Map<String, MethodCounts> methods = new HashMap<>();
  private final MethodCounts other = new MethodCounts(OTHER);
  private final LongAdder collapsed = new LongAdder();

  /**
   * Starts at zero.
   *
   * @param clock says when an example was seen
   */
  public CacheCounts(InstantSource clock) {
    this.clock = clock;
    for (Method method : Methods.all()) {
      methods.put(method.name(), new MethodCounts(method.name()));
    }
  }

  /** A call was answered from memory, or here. */
  public void hit(RpcRequest request) {
    of(request).hit();
  }

  /** A call was not answered from memory; {@code joined} if it waited for an equal one. */
  public void miss(String chain, RpcRequest request, MissReason reason, boolean joined) {
    of(request).miss(reason, chain, request, clock.instant());
    if (joined) {
      collapsed.increment();
    }
  }

  private MethodCounts of(RpcRequest request) {
    return methods.getOrDefault(request.method().name(), other);
  }

  public long hits() {
    return all().stream().mapToLong(MethodCounts::hits).sum();
  }

  public long misses(MissReason reason) {
    return all().stream().mapToLong(counts -> counts.misses(reason)).sum();
  }

  public long misses() {
    return all().stream().mapToLong(MethodCounts::misses).sum();
  }

  /** Misses that waited for an equal call of another. */
  public long collapsed() {
    return collapsed.sum();
  }

  /** The counts of each method, and of all others together. */
  List<MethodCounts> all() {
    List<MethodCounts> all = new ArrayList<>(methods.values());
    all.add(other);
    return all;
  }
}
