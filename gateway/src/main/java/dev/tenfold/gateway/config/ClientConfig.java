package dev.tenfold.gateway.config;

import java.time.Duration;

/**
 * The connections to nodes.
 *
 * @param clients HTTP clients that are handed out in turn
 * @param idle the most idle connections of one client
 * @param idlePerOrigin the most idle connections of one client to one origin
 * @param idleTime an idle connection is closed after this time
 * @param connections the most open connections to one origin, over all clients
 * @param waiting the most calls that wait for a connection to one origin
 * @param connectTimeout the longest that a connection may take to be made
 */
public record ClientConfig(
    int clients,
    int idle,
    int idlePerOrigin,
    Duration idleTime,
    int connections,
    int waiting,
    Duration connectTimeout) {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  public static final ClientConfig DEFAULT =
      new ClientConfig(4, 256, 64, Duration.ofSeconds(90), 256, 1_024, Duration.ofSeconds(2));

  public ClientConfig {
    Rules.range("client.clients", clients, 1, 256);
    Rules.range("client.idle", idle, 0, 100_000);
    Rules.range("client.idle-per-origin", idlePerOrigin, 0, 100_000);
    Rules.range("client.idle-time", idleTime, SHORTEST);
    Rules.range("client.connections", connections, 1, 60_000);
    Rules.range("client.waiting", waiting, 0, 1_000_000);
    Rules.range("client.connect-timeout", connectTimeout, SHORTEST);
  }
}
