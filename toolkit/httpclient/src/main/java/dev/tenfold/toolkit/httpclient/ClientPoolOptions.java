package dev.tenfold.toolkit.httpclient;

import java.time.Duration;

/**
 * The knobs of a pool. Start from {@link #defaults()}; what is out of range is refused.
 *
 * @param clients how many clients there are; each has an event loop of its own as long as there are
 *     enough (default: one a processor)
 * @param maxIdle idle connections that a client keeps, over all origins (default: 100)
 * @param maxIdlePerOrigin idle connections that a client keeps to one origin (default: 10)
 * @param idleTime how long a connection may be idle (default: 90 s); an origin that announces less
 *     in {@code Keep-Alive: timeout} is believed
 * @param timeout for a whole call that names none (default: 30 s)
 * @param connectTimeout for TCP, and again for TLS (default: 5 s)
 * @param keepAlive whether connections are used again at all (default: yes)
 * @param maxOpenPerOrigin connections to one origin, of all clients together (default: 256)
 * @param maxWaiting calls that may wait for a connection to one origin because the limit is reached
 *     (default: 1,024); the next one is refused
 * @param maxAnswerBytes the largest body (default: 64 MiB)
 */
public record ClientPoolOptions(
    int clients,
    int maxIdle,
    int maxIdlePerOrigin,
    Duration idleTime,
    Duration timeout,
    Duration connectTimeout,
    boolean keepAlive,
    int maxOpenPerOrigin,
    int maxWaiting,
    long maxAnswerBytes) {

  public ClientPoolOptions {
    require(clients >= 1, "clients must be at least 1", clients);
    require(maxIdle >= 0, "maxIdle must not be negative", maxIdle);
    require(maxIdlePerOrigin >= 0, "maxIdlePerOrigin must not be negative", maxIdlePerOrigin);
    require(idleTime.isPositive(), "idleTime must be positive", idleTime);
    require(timeout.isPositive(), "timeout must be positive", timeout);
    require(connectTimeout.toMillis() >= 1, "connectTimeout must be at least 1 ms", connectTimeout);
    require(maxOpenPerOrigin >= 1, "maxOpenPerOrigin must be at least 1", maxOpenPerOrigin);
    require(maxWaiting >= 0, "maxWaiting must not be negative", maxWaiting);
    require(
        maxAnswerBytes >= 0 && maxAnswerBytes <= Integer.MAX_VALUE - 8,
        "maxAnswerBytes must be 0 to 2147483639",
        maxAnswerBytes);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }

  public static ClientPoolOptions defaults() {
    return new ClientPoolOptions(
        Runtime.getRuntime().availableProcessors(),
        100,
        10,
        Duration.ofSeconds(90),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        true,
        256,
        1_024,
        64L << 20);
  }

  public ClientPoolOptions withClients(int value) {
    return new ClientPoolOptions(
        value,
        maxIdle,
        maxIdlePerOrigin,
        idleTime,
        timeout,
        connectTimeout,
        keepAlive,
        maxOpenPerOrigin,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withMaxIdle(int value) {
    return new ClientPoolOptions(
        clients,
        value,
        maxIdlePerOrigin,
        idleTime,
        timeout,
        connectTimeout,
        keepAlive,
        maxOpenPerOrigin,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withMaxIdlePerOrigin(int value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        value,
        idleTime,
        timeout,
        connectTimeout,
        keepAlive,
        maxOpenPerOrigin,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withIdleTime(Duration value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        maxIdlePerOrigin,
        value,
        timeout,
        connectTimeout,
        keepAlive,
        maxOpenPerOrigin,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withTimeout(Duration value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        maxIdlePerOrigin,
        idleTime,
        value,
        connectTimeout,
        keepAlive,
        maxOpenPerOrigin,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withConnectTimeout(Duration value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        maxIdlePerOrigin,
        idleTime,
        timeout,
        value,
        keepAlive,
        maxOpenPerOrigin,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withKeepAlive(boolean value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        maxIdlePerOrigin,
        idleTime,
        timeout,
        connectTimeout,
        value,
        maxOpenPerOrigin,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withMaxOpenPerOrigin(int value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        maxIdlePerOrigin,
        idleTime,
        timeout,
        connectTimeout,
        keepAlive,
        value,
        maxWaiting,
        maxAnswerBytes);
  }

  public ClientPoolOptions withMaxWaiting(int value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        maxIdlePerOrigin,
        idleTime,
        timeout,
        connectTimeout,
        keepAlive,
        maxOpenPerOrigin,
        value,
        maxAnswerBytes);
  }

  public ClientPoolOptions withMaxAnswerBytes(long value) {
    return new ClientPoolOptions(
        clients,
        maxIdle,
        maxIdlePerOrigin,
        idleTime,
        timeout,
        connectTimeout,
        keepAlive,
        maxOpenPerOrigin,
        maxWaiting,
        value);
  }
}
