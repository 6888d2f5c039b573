package dev.tenfold.toolkit.httpclient;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An address to send calls to, read once from its URL: the origin, the path with its query, and the
 * Basic authorization (RFC 7617) that user and password in the URL stand for. Immutable.
 *
 * <p>Path, query and authorization may be secrets (providers put keys there), so {@link
 * #toString()} shows the origin only.
 */
public final class Target {
  private final Origin origin;
  private final String path;
  private final @Nullable String authorization;

  private Target(Origin origin, String path, @Nullable String authorization) {
    this.origin = origin;
    this.path = path;
    this.authorization = authorization;
  }

  /**
   * Reads an absolute http or https URL.
   *
   * @throws IllegalArgumentException where it is none; the message does not repeat it
   */
  public static Target parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // The exception repeats the URL in its message, so it is not passed on as the cause.
      throw new IllegalArgumentException("not a URL: " + e.getReason());
    }
    return of(uri);
  }

  /** As {@link #parse}, for a URL that was already read. */
  public static Target of(URI uri) {
    Origin origin = Origin.of(uri);
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath() == null ? "" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    return new Target(origin, (path.isEmpty() ? "/" : path) + query, basic(ascii.getRawUserInfo()));
  }

  /** The same origin and authorization with another path, which starts with a slash. */
  public Target withPath(String pathAndQuery) {
    if (!pathAndQuery.startsWith("/")
        || pathAndQuery.chars().anyMatch(c -> c <= ' ' || c >= 127 || c == '#')) {
      throw new IllegalArgumentException("path must start with / and be encoded");
    }
    return new Target(origin, pathAndQuery, authorization);
  }

  public Origin origin() {
    return origin;
  }

  /** Path and query as they are sent; never empty. */
  public String path() {
    return path;
  }

  /** The value of {@code Authorization}, or null where the URL names no user. */
  @Nullable String authorization() {
    return authorization;
  }

  @Override
  public String toString() {
    return origin.scheme() + "://" + origin.authority() + "/...";
  }

  private static @Nullable String basic(@Nullable String rawUserInfo) {
    if (rawUserInfo == null) {
      return null;
    }
    // URLDecoder turns a plus into a space, which is right for forms only.
    String decoded = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    String withColon = decoded.indexOf(':') < 0 ? decoded + ":" : decoded;
    return "Basic "
        + Base64.getEncoder().encodeToString(withColon.getBytes(StandardCharsets.UTF_8));
  }
}
