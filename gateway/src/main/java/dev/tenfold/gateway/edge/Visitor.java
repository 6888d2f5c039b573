package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.access.Networks;
import dev.tenfold.gateway.access.Presented;
import dev.tenfold.gateway.access.PresentedKey;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP request shows of who sends it. Of several keys the one in the path counts, then that
 * of {@code Authorization: Bearer} (RFC 6750), then {@code X-Api-Key}.
 */
final class Visitor implements Presented {
  static final AsciiString X_API_KEY = AsciiString.cached("x-api-key");
  static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  private static final String BEARER = "Bearer ";

  private final HttpServerRequest http;
  private final String chain;
  private final Networks trustedProxies;
  private final @Nullable PresentedKey key;

  Visitor(
      HttpServerRequest http, String chain, @Nullable String keyInPath, Networks trustedProxies) {
    this.http = http;
    this.chain = chain;
    this.trustedProxies = trustedProxies;
    String text = keyInPath == null ? keyInHeaders(http) : keyInPath;
    key = text == null ? null : PresentedKey.of(text);
  }

  private static @Nullable String keyInHeaders(HttpServerRequest http) {
    String authorization = http.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    String plain = http.getHeader(X_API_KEY);
    return plain == null ? null : plain.strip();
  }

  @Override
  public @Nullable PresentedKey key() {
    return key;
  }

  @Override
  public String chain() {
    return chain;
  }

  @Override
  public @Nullable String origin() {
    return http.getHeader(HttpHeaders.ORIGIN);
  }

  @Override
  public InetAddress address() {
    try {
      InetAddress peer = Networks.address(http.connection().remoteAddress().hostAddress());
      return behindProxies(peer, http.headers().getAll(X_FORWARDED_FOR), trustedProxies);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a connection has an address", e);
    }
  }

  /**
   * The nearest address that is no proxy of ours: each proxy adds the one that it was asked from at
   * the end, and what stands before the first that is not ours could be anything.
   */
  static InetAddress behindProxies(InetAddress peer, List<String> fields, Networks trusted) {
    InetAddress nearest = peer;
    String[] hops = String.join(",", fields).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && trusted.has(nearest); i--) {
      try {
        nearest = Networks.address(hops[i].strip());
      } catch (UnknownHostException _) {
        return nearest;
      }
    }
    return nearest;
  }
}
