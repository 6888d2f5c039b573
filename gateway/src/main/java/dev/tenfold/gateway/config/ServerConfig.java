package dev.tenfold.gateway.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where callers are listened to.
 *
 * @param host the address or name to bind; loopback unless told otherwise
 * @param port 0 for any that is free
 * @param corsOrigins web pages of these origins may call from a browser; {@code *} is every one
 * @param tls with what callers are served over TLS
 */
public record ServerConfig(String host, int port, List<String> corsOrigins, TlsConfig tls) {
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|[a-z][a-z0-9+.-]*://[^\\s/?#@]+", Pattern.CASE_INSENSITIVE);

  public static final ServerConfig DEFAULT =
      new ServerConfig("127.0.0.1", 8545, List.of(), TlsConfig.NONE);

  public ServerConfig {
    Rules.host("server.host", host);
    Rules.range("server.port", port, 0, 65_535);
    corsOrigins = List.copyOf(corsOrigins);
    Rules.all(
        "server.cors-origins",
        corsOrigins,
        ORIGIN,
        "each must be * or an origin such as https://app.example, without a path");
  }
}
