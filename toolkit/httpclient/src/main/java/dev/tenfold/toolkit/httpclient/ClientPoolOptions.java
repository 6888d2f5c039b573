package dev.tenfold.toolkit.httpclient;

import java.time.Duration;

/**
 * The knobs of a pool. Start from {@link #builder()}; what is out of range is refused.
 *
 * @param clients how many clients there are; each has an event loop of its own as long as there are
 *     enough (default: one a processor)
 * @param maxIdle idle connections that a client keeps, over all origins (default: 100)
 * @param maxIdlePerOrigin idle connections that a client keeps to one origin (default: 10)
 * @param idleTime how long a connection may be idle (default: 90 s); an origin that announces less
 *     in {@code Keep-Alive: timeout} is believed
 * @param timeout for a whole call that names none (default: 30 s)
 * @param connectTimeout for TCP, and again for TLS (default: 5 s)
 * @param keepAlive whether connections are used again at all, be it by HTTP/1.1 or HTTP/2 (default:
 *     yes)
 * @param http2 whether HTTP/2 is offered to origins that are reached by TLS; they choose (default:
 *     yes)
 * @param maxStreams calls at a time on a connection of HTTP/2, 1 to 4,000; the origin may want
 *     fewer (default: 100)
 * @param maxOpenPerOrigin connections to one origin, of all clients together (default: 256)
 * @param maxWaiting calls that may wait for a connection to one origin because the limit is reached
 *     (default: 1,024), beyond those that connections on their way have room for; the next one is
 *     refused
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
    boolean http2,
    int maxStreams,
    int maxOpenPerOrigin,
    int maxWaiting,
    long maxAnswerBytes) {

  /**
   * Checks each of them.
   *
   * @throws IllegalArgumentException where one is out of range; the message has its value
   */
  public ClientPoolOptions {
    require(clients >= 1, "clients must be at least 1", clients);
    require(maxIdle >= 0, "maxIdle must not be negative", maxIdle);
    require(maxIdlePerOrigin >= 0, "maxIdlePerOrigin must not be negative", maxIdlePerOrigin);
    require(idleTime.isPositive(), "idleTime must be positive", idleTime);
    require(timeout.isPositive(), "timeout must be positive", timeout);
    require(connectTimeout.toMillis() >= 1, "connectTimeout must be at least 1 ms", connectTimeout);
    require(maxStreams >= 1 && maxStreams <= 4_000, "maxStreams must be 1 to 4000", maxStreams);
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

  /** A connection that is for one call only has no use for more than one stream. */
  boolean offersHttp2() {
    return http2 && keepAlive;
  }

  /** The defaults, all of them. */
  public static ClientPoolOptions defaults() {
    return builder().build();
  }

  /** The defaults, to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Options in the making; each method is the component of the same name. For one thread. */
  public static final class Builder {
    private int clients = Runtime.getRuntime().availableProcessors();
    private int maxIdle = 100;
    private int maxIdlePerOrigin = 10;
    private Duration idleTime = Duration.ofSeconds(90);
    private Duration timeout = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private boolean keepAlive = true;
    private boolean http2 = true;
    private int maxStreams = 100;
    private int maxOpenPerOrigin = 256;
    private int maxWaiting = 1_024;
    private long maxAnswerBytes = 64L << 20;

    private Builder() {}

    public Builder clients(int value) {
      clients = value;
      return this;
    }

    public Builder maxIdle(int value) {
      maxIdle = value;
      return this;
    }

    public Builder maxIdlePerOrigin(int value) {
      maxIdlePerOrigin = value;
      return this;
    }

    public Builder idleTime(Duration value) {
      idleTime = value;
      return this;
    }

    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    public Builder keepAlive(boolean value) {
      keepAlive = value;
      return this;
    }

    public Builder http2(boolean value) {
      http2 = value;
      return this;
    }

    public Builder maxStreams(int value) {
      maxStreams = value;
      return this;
    }

    public Builder maxOpenPerOrigin(int value) {
      maxOpenPerOrigin = value;
      return this;
    }

    public Builder maxWaiting(int value) {
      maxWaiting = value;
      return this;
    }

    public Builder maxAnswerBytes(long value) {
      maxAnswerBytes = value;
      return this;
    }

    /**
     * The options as they are now.
     *
     * @throws IllegalArgumentException where one is out of range; the message has its value
     */
    public ClientPoolOptions build() {
      return new ClientPoolOptions(
          clients,
          maxIdle,
          maxIdlePerOrigin,
          idleTime,
          timeout,
          connectTimeout,
          keepAlive,
          http2,
          maxStreams,
          maxOpenPerOrigin,
          maxWaiting,
          maxAnswerBytes);
    }
  }
}
