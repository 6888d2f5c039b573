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
 * @param headers sent as they are. The pool itself sets {@code Host} ({@code :authority} in HTTP/2)
 *     and {@code Content-Length}, and, where this map has none, {@code Accept-Encoding: gzip} and
 *     the target's {@code Authorization}; it refuses the headers that govern the connection
 * @param body empty for none
 * @param timeout for the whole call, waiting for a connection included; null for that of the pool.
 *     Of an answer that streams, until its beginning is told
 * @param repeatable the call may be sent a second time where the first may have arrived
 * @param wholeBytes a larger body streams: once a little more than so many bytes have arrived they
 *     are told, and the rest is read by {@link HttpAnswer#rest}. {@link Long#MAX_VALUE} for never
 */
public record HttpCall(
    String method,
    Target target,
    Map<String, String> headers,
    byte[] body,
    @Nullable Duration timeout,
    boolean repeatable,
    long wholeBytes) {

  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "upgrade",
          "expect",
          "te",
          "trailer");

  /**
   * Checks timeout, size and header names.
   *
   * @throws IllegalArgumentException where the timeout is not positive, the size is negative, or a
   *     header is one that the pool sets itself
   */
  public HttpCall {
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive, not " + timeout);
    }
    if (wholeBytes < 0) {
      throw new IllegalArgumentException("wholeBytes must not be negative, but is " + wholeBytes);
    }
    for (String name : headers.keySet()) {
      if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("header " + name + " is set by the pool");
      }
    }
  }

  /** A POST that may be repeated, with the timeout of the pool. */
  public static HttpCall post(Target target, Map<String, String> headers, byte[] body) {
    return new HttpCall("POST", target, headers, body, null, true, Long.MAX_VALUE);
  }

  /** A GET, with the timeout of the pool. */
  public static HttpCall get(Target target, Map<String, String> headers) {
    return new HttpCall("GET", target, headers, new byte[0], null, true, Long.MAX_VALUE);
  }

  public HttpCall withTimeout(Duration newTimeout) {
    return new HttpCall(method, target, headers, body, newTimeout, repeatable, wholeBytes);
  }

  public HttpCall withRepeatable(boolean newRepeatable) {
    return new HttpCall(method, target, headers, body, timeout, newRepeatable, wholeBytes);
  }

  public HttpCall withWholeBytes(long newWholeBytes) {
    return new HttpCall(method, target, headers, body, timeout, repeatable, newWholeBytes);
  }

  /** Method and origin; neither path nor headers, which may carry secrets. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
