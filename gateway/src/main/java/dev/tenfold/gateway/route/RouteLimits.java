package dev.tenfold.gateway.route;

import dev.tenfold.gateway.evm.Method;
import java.time.Duration;

/**
 * How long a node is waited for.
 *
 * @param attemptTimeout for one attempt at a node
 */
public record RouteLimits(Duration attemptTimeout) {
  /** Methods that nodes are known to take long over get so many times the attempt-timeout. */
  public static final int SLOW_FACTOR = 4;

  public RouteLimits {
    if (!attemptTimeout.isPositive()) {
      throw new IllegalArgumentException("attempt-timeout must be positive, not " + attemptTimeout);
    }
  }

  /** For one attempt at the method, where so much of the call's time is left. */
  Duration forAttempt(Method method, Duration left) {
    Duration attempt = method.slow() ? attemptTimeout.multipliedBy(SLOW_FACTOR) : attemptTimeout;
    return attempt.compareTo(left) < 0 ? attempt : left;
  }
}
