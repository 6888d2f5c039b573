package dev.tenfold.gateway.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may read our replies: those of {@code server.cors-origins}, or all
 * for {@code *}; never with credentials. Source: the Fetch standard, section 3.2.
 */
final class Cors {
  private static final String ANY = "*";

  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** True if replies say that they differ by origin. */
  boolean varies() {
    return !origins.isEmpty() && !origins.contains(ANY);
  }

  /** Adds what a browser needs to hand our reply to the page. */
  void allow(HttpServerRequest request, MultiMap headers) {
    if (origins.isEmpty()) {
      return;
    }
    String allowed = allowed(request);
    if (varies()) {
      headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    if (allowed != null) {
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
      headers.set(
          HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
          "Cache-Status, Retry-After, RateLimit, RateLimit-Policy");
    }
  }

  /** Answers the question that a browser asks before the request itself. */
  void preflight(HttpServerRequest request, MultiMap headers) {
    allow(request, headers);
    if (headers.contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST");
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, *");
      headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
    }
  }

  private @Nullable String allowed(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return null;
    }
    if (origins.contains(ANY)) {
      return ANY;
    }
    return origins.contains(origin) ? origin : null;
  }
}
