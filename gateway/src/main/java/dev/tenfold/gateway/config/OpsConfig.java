package dev.tenfold.gateway.config;

/**
 * The port for operators.
 *
 * @param host the address or name to bind; loopback unless told otherwise
 * @param port 0 for any that is free
 * @param accessLog where one line a request is written
 */
public record OpsConfig(String host, int port, AccessLog accessLog) {
  public static final OpsConfig DEFAULT = new OpsConfig("127.0.0.1", 6060, new AccessLog.Off());

  public OpsConfig {
    Rules.host("ops.host", host);
    Rules.range("ops.port", port, 0, 65_535);
  }
}
