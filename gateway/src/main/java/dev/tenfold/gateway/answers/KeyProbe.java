package dev.tenfold.gateway.answers;

import dev.tenfold.gateway.evm.Method;
import dev.tenfold.gateway.rpc.RpcRequest;
import dev.tenfold.toolkit.jsonrpc.CanonicalWriter;
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
class KeyProbe {
  private final CanonicalWriter writer = new CanonicalWriter();
  private String chain = "";
  private Method method = Method.unknown("");
  private long epoch;
  private long number;
  private int hash;

  /**
   * Points it at a call whose terms have just been read.
   *
   * @return false if the call has no canonical form: an object in its parameters has a member twice
   */
  final boolean point(String toChain, RpcRequest request, CallTerms terms) {
    chain = toChain;
    method = request.method();
    epoch = request.snapshot().epoch();
    number = terms.keyNumber();
    writer.reset();
    if (!write(writer, request, terms)) {
      return false;
    }
    hash = CacheKey.hash(chain, epoch, method, number, writer.hash());
    return true;
  }

  /** Writes what of the parameters makes the key. Open, so that the tests can plant a fault. */
  boolean write(CanonicalWriter to, RpcRequest request, CallTerms terms) {
    return terms.writeKey(to, request);
  }

  /** The key that it stands for, which lasts. */
  final CacheKey key() {
    byte[] params = Arrays.copyOf(writer.array(), writer.length());
    return new CacheKey(chain, epoch, method, number, params, hash);
  }

  @Override
  @SuppressWarnings("EqualsUsingHashCode") // a first look that saves the comparison of the bytes
  public final boolean equals(@Nullable Object other) {
    return other instanceof CacheKey key
        && hash == key.hashCode()
        && epoch == key.epoch
        && number == key.number
        && key.isOfAnswer()
        && method.name().equals(key.method.name())
        && chain.equals(key.chain)
        && Arrays.equals(writer.array(), 0, writer.length(), key.params, 0, key.params.length);
  }

  @Override
  public final int hashCode() {
    return hash;
  }
}
