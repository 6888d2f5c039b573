package dev.tenfold.loadgen;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * What is to be sent where, and for how long. Immutable; the constructor refuses what is out of its
 * bounds with an {@link IllegalArgumentException} that names value and rule.
 *
 * @param url of the server; {@code http} only. It must be on loopback unless {@code allowRemote}
 * @param mix the calls
 * @param arrivals open or closed loop
 * @param warmUp how long requests are sent first that do not count, from 0 to {@link #LONGEST};
 *     those that still wait for a connection at its end are not sent
 * @param duration how long requests are sent that count, from 1 ms to {@link #LONGEST}
 * @param requests how many are sent at most that count, over 0
 * @param connections how many are kept open, from 1 to {@link #MOST_CONNECTIONS}
 * @param timeout how long a connection or a reply may take, from 1 ms to {@link #LONGEST}
 * @param seed equal seeds send equal calls in equal order
 * @param allowRemote whether the server may be elsewhere
 */
public record LoadPlan(
    URI url,
    Mix mix,
    Arrivals arrivals,
    Duration warmUp,
    Duration duration,
    long requests,
    int connections,
    Duration timeout,
    long seed,
    boolean allowRemote) {
  /** The longest of all times. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** The most connections. */
  public static final int MOST_CONNECTIONS = 10_000;

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** Checks all bounds but that of the host, which {@link #address} does. */
  public LoadPlan {
    requireUrl(url);
    require(within(warmUp, Duration.ZERO), "warmUp", warmUp, "be from 0 to 1 hour");
    require(within(duration, SHORTEST), "duration", duration, "be from 1 ms to 1 hour");
    require(within(timeout, SHORTEST), "timeout", timeout, "be from 1 ms to 1 hour");
    require(requests > 0, "requests", requests, "be over 0");
    require(
        connections > 0 && connections <= MOST_CONNECTIONS,
        "connections",
        connections,
        "be from 1 to " + MOST_CONNECTIONS);
  }

  /** A plan of 30 s over 64 connections, with a timeout of 10 s and without a warm-up. */
  public static LoadPlan of(URI url, Mix mix, Arrivals arrivals) {
    return new LoadPlan(
        url,
        mix,
        arrivals,
        Duration.ZERO,
        Duration.ofSeconds(30),
        Long.MAX_VALUE,
        64,
        Duration.ofSeconds(10),
        1,
        false);
  }

  /** The same with another duration. */
  public LoadPlan lasting(Duration time) {
    return new LoadPlan(
        url, mix, arrivals, warmUp, time, requests, connections, timeout, seed, allowRemote);
  }

  /** The same with another warm-up. */
  public LoadPlan warmingUpFor(Duration time) {
    return new LoadPlan(
        url, mix, arrivals, time, duration, requests, connections, timeout, seed, allowRemote);
  }

  /** The same with another bound on the count. */
  public LoadPlan atMost(long count) {
    return new LoadPlan(
        url, mix, arrivals, warmUp, duration, count, connections, timeout, seed, allowRemote);
  }

  /** The same with so many connections. */
  public LoadPlan over(int count) {
    return new LoadPlan(
        url, mix, arrivals, warmUp, duration, requests, count, timeout, seed, allowRemote);
  }

  /** The same with another timeout. */
  public LoadPlan timingOutAfter(Duration time) {
    return new LoadPlan(
        url, mix, arrivals, warmUp, duration, requests, connections, time, seed, allowRemote);
  }

  /**
   * Where the server is.
   *
   * @throws IllegalArgumentException if its name is not known, or it is not on loopback and may not
   *     be elsewhere
   */
  InetSocketAddress address() {
    InetAddress host;
    try {
      host = InetAddress.getByName(url.getHost());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("url: there is no host " + url.getHost(), e);
    }
    if (!allowRemote && !host.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "url: "
              + url.getHost()
              + " is not on loopback; load on another machine must be allowed by name");
    }
    return new InetSocketAddress(host, url.getPort() < 0 ? 80 : url.getPort());
  }

  private static void requireUrl(URI url) {
    boolean good =
        "http".equals(url.getScheme()) && url.getHost() != null && url.getRawUserInfo() == null;
    if (!good) {
      throw new IllegalArgumentException(
          "url must begin with http:// and a host; TLS and user names are not supported");
    }
  }

  private static boolean within(Duration time, Duration least) {
    return time.compareTo(least) >= 0 && time.compareTo(LONGEST) <= 0;
  }

  private static void require(boolean good, String name, Object value, String rule) {
    if (!good) {
      throw new IllegalArgumentException(name + " is " + value + "; it must " + rule);
    }
  }
}
