package dev.tenfold.toolkit.httpclient;

import java.net.URI;
import java.util.Locale;

/**
 * Where connections go: scheme, host and port (RFC 9110, section 4.3.1). Connections are shared by
 * calls of the same origin, and by no others.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Origin(String scheme, String host, int port) {
  public Origin {
    scheme = scheme.toLowerCase(Locale.ROOT);
    host = host.toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("scheme must be http or https");
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
    }
  }

  /**
   * Reads the origin of an absolute URI; a port left out is that of the scheme.
   *
   * @throws IllegalArgumentException where it has no scheme, no host or a wrong port; the message
   *     does not repeat the URI, which may carry a secret
   */
  public static Origin of(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException("URL must have a scheme and a host");
    }
    String host = uri.getHost();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() != -1 ? uri.getPort() : tls ? 443 : 80;
    return new Origin(
        uri.getScheme(), bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  boolean tls() {
    return scheme.equals("https");
  }

  /** The value of {@code Host}: the port only where it is not that of the scheme. */
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls() ? 443 : 80) ? name : name + ":" + port;
  }
}
