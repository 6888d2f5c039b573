package dev.tenfold.gateway.rpc;

import dev.tenfold.gateway.evm.Method;
import org.jspecify.annotations.Nullable;

/**
 * On whose account calls are made: what it may, how much is left to it, and what it has used.
 * Thread-safe; no method takes a lock, blocks, or allocates where nothing is refused.
 */
public interface Account {

  /** True if this method may be called on it. */
  boolean mayCall(Method method);

  /**
   * Takes one call. Who takes one gives it back by {@link #ended}, however it ends.
   *
   * @return null if it is within all limits; else the refusal, and nothing was taken
   */
  RpcReply.@Nullable RpcError take(Method method);

  /** A call that was taken has ended. */
  void ended(String chain, Method method, RpcReply reply, long bytes, long nanos);

  /** A call was refused, by {@link #take} or because it may not be called. */
  void refused(String chain, Method method);

  /**
   * Takes calls that are answered in the same moment, all or none.
   *
   * @param units what they cost together, by {@link #units}
   * @return false if they are not all within the limits; nothing was taken then
   */
  boolean takeHits(int calls, int units);

  /** A call of {@link #takeHits} was answered. */
  void hit(String chain, Method method, long bytes);

  /** What a call costs, in compute units. */
  int units(Method method);

  /** What it has left, for the {@code RateLimit} fields of a reply; null if it has no rate. */
  @Nullable RateLimit rateLimit();

  /**
   * A token bucket, as it stands.
   *
   * @param policy the value of {@code RateLimit-Policy}
   * @param remaining calls that could be made at once now
   * @param resetSeconds until the bucket is full again
   */
  record RateLimit(String policy, long remaining, long resetSeconds) {
    /** The name of the policy in both fields. */
    public static final String NAME = "\"calls\"";

    /** The value of {@code RateLimit}. */
    public String value() {
      return NAME + ";r=" + remaining + ";t=" + resetSeconds;
    }
  }
}
