package dev.tenfold.toolkit.httpclient;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request. Immutable as long as its body is left alone, which is sent as it is and not copied.
 *
 * @param method an HTTP method, in upper case
 * @param target where it goes
 * @param headers sent as they are. The pool itself sets {@code Host} and {@code Content-Length},
 *     and {@code Authorization} where the target has one and this map has none; it refuses the
 *     headers that govern the connection
 * @param body empty for none
 * @param timeout for the whole call, waiting for a connection included; null for that of the pool
 * @param repeatable the call may be sent a second time where the first may have arrived
 */
public record HttpCall(
    String method,
    Target target,
    Map<String, String> headers,
    byte[] body,
    @Nullable Duration timeout,
    boolean repeatable) {

  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "expect",
          "te",
          "trailer");

  /**
   * Checks timeout and header names.
   *
   * @throws IllegalArgumentException where the timeout is not positive, or a header is one that the
   *     pool sets itself
   */
  public HttpCall {
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive, not " + timeout);
    }
    for (String name : headers.keySet()) {
      if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("header " + name + " is set by the pool");
      }
    }
  }

  /** A POST that may be repeated, with the timeout of the pool. */
  public static HttpCall post(Target target, Map<String, String> headers, byte[] body) {
    return new HttpCall("POST", target, headers, body, null, true);
  }

  /** A GET, with the timeout of the pool. */
  public static HttpCall get(Target target, Map<String, String> headers) {
    return new HttpCall("GET", target, headers, new byte[0], null, true);
  }

  public HttpCall withTimeout(Duration newTimeout) {
    return new HttpCall(method, target, headers, body, newTimeout, repeatable);
  }

  public HttpCall withRepeatable(boolean newRepeatable) {
    return new HttpCall(method, target, headers, body, timeout, newRepeatable);
  }

  /** Method and origin; neither path nor headers, which may carry secrets. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
