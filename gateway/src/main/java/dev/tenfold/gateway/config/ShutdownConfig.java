package dev.tenfold.gateway.config;

import java.time.Duration;

/**
 * How the gateway stops.
 *
 * @param delay so long it serves on while it says that it is not ready, for load balancers to see
 * @param timeout so long calls in flight may then take, before they are cut off
 */
public record ShutdownConfig(Duration delay, Duration timeout) {
  public static final ShutdownConfig DEFAULT =
      new ShutdownConfig(Duration.ZERO, Duration.ofSeconds(30));

  public ShutdownConfig {
    Rules.range("shutdown.delay", delay, Duration.ZERO);
    Rules.range("shutdown.timeout", timeout, Duration.ZERO);
  }
}
