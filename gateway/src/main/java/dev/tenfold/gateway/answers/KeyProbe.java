package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.gateway.rpc.Snapshot;
import dev.tenfold.toolkit.jsonrpc.CanonicalWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the {@link CacheKey} of a call while it is looked up, so that a hit allocates nothing.
 * Reusable and not thread-safe: one an event loop.
 *
 * <p>The canonical form is that of {@link CanonicalWriter}: white space, the order of members, the
 * spelling of characters and the case of hex digits do not matter; all else does. A call without
 * parameters is one with an empty list.
 */
final class KeyProbe {
  private static final byte[] NO_PARAMS = "[]".getBytes(StandardCharsets.US_ASCII);

  private final CanonicalWriter writer = new CanonicalWriter();
  private String chain = "";
  private Method method = Method.unknown("");
  private long generation;
  private int hash;

  /**
   * Points it at a call.
   *
   * @return false if the call has no canonical form: an object in its parameters has a member twice
   */
  boolean point(String toChain, RpcRequest request) {
    chain = toChain;
    method = request.method();
    generation = request.snapshot().generation();
    writer.reset();
    if (!request.hasParams()) {
      writer.put(NO_PARAMS, 0, NO_PARAMS.length);
    } else if (!writer.write(request.json(), request.paramsFrom(), request.paramsTo())) {
      return false;
    }
    hash = CacheKey.hash(chain, generation, method, writer.hash());
    return true;
  }

  /** The key that it stands for, which lasts. */
  CacheKey key() {
    byte[] params = Arrays.copyOf(writer.array(), writer.length());
    return new CacheKey(chain, generation, method, params, hash);
  }

  @Override
  @SuppressWarnings("EqualsUsingHashCode") // a first look that saves the comparison of the bytes
  public boolean equals(@Nullable Object other) {
    return other instanceof CacheKey key
        && hash == key.hashCode()
        && generation == key.generation
        && key.head == Snapshot.UNKNOWN
        && method.name().equals(key.method.name())
        && chain.equals(key.chain)
        && Arrays.equals(writer.array(), 0, writer.length(), key.params, 0, key.params.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
