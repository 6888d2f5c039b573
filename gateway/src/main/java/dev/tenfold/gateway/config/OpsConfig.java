package dev.tenfold.gateway.config;

import java.util.regex.Pattern;

/**
 * The port for operators.
 *
 * @param host the address or name to bind; loopback unless told otherwise
 * @param port 0 for any that is free
 * @param adminToken what {@code /v1} asks for; empty for the token in the data folder
 * @param accessLog where one line a request is written
 */
public record OpsConfig(String host, int port, String adminToken, AccessLog accessLog) {
  private static final Pattern ADMIN_TOKEN = Pattern.compile("([A-Za-z0-9._~-]{16,200})?");

  public static final OpsConfig DEFAULT = new OpsConfig("127.0.0.1", 6060, "", new AccessLog.Off());

  public OpsConfig {
    Rules.host("ops.host", host);
    Rules.range("ops.port", port, 0, 65_535);
    if (!ADMIN_TOKEN.matcher(adminToken).matches()) {
      throw new ConfigException(
          "ops.admin-token", "must have 16 to 200 letters, digits, ., _, ~ and -");
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "OpsConfig[" + host + ":" + port + ", " + accessLog + "]";
  }
}
