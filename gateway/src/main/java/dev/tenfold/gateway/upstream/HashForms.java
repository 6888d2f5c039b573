package dev.tenfold.gateway.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What was learnt of one node: which methods it takes with a block's hash in place of its number.
 * Thread-safe; bounded by the number of methods that have such a form.
 *
 * <p>A refusal counts only where the same call by number brought a result, so that nobody can teach
 * it by a call that is wrong in itself. It is forgotten after {@link #TRY_AGAIN_AFTER}, since nodes
 * are upgraded, and behind one address may be several.
 */
final class HashForms {
  static final Duration TRY_AGAIN_AFTER = Duration.ofMinutes(1);

  private final Map<String, Learnt> byMethod = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  private record Learnt(boolean taken, long atNanos) {}

  HashForms(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** False if the node is known not to take the method by hash. */
  boolean mayBeTaken(String method) {
    Learnt learnt = byMethod.get(method);
    return learnt == null
        || learnt.taken()
        || nanos.getAsLong() - learnt.atNanos() >= TRY_AGAIN_AFTER.toNanos();
  }

  /** True if the node is known to take the method by hash. */
  boolean isTaken(String method) {
    Learnt learnt = byMethod.get(method);
    return learnt != null && learnt.taken();
  }

  /** The node took the method by hash, or refused it so and took it by number. */
  void learn(String method, boolean taken) {
    if (!taken || !isTaken(method)) {
      byMethod.put(method, new Learnt(taken, nanos.getAsLong()));
    }
  }
}
