package dev.tenfold.demo;

import java.time.Duration;

/**
 * How the demo is run. Immutable; the constructor refuses what is out of its bounds.
 *
 * @param mainClass the class of the command line, which has {@code node} and {@code serve}
 * @param rate requests a second of the steady load, over 0, at most 100,000
 * @param steady how long the steady load lasts, from 100 ms to 10 min
 * @param step how long each step of the search for the maximum lasts, from 100 ms to 1 min
 * @param port where each server listens in turn; 0 for any that is free
 * @param nodePort where the simulated node listens; 0 for any that is free
 */
public record DemoPlan(
    String mainClass, int rate, Duration steady, Duration step, int port, int nodePort) {
  /**
   * How often the chain has a new block: so often that each measurement has one in it. Ethereum's
   * 12 s would be easier on the cache.
   */
  static final Duration BLOCK_TIME = Duration.ofSeconds(4);

  /** How long the node takes for each answer. */
  static final Duration NODE_LATENCY = Duration.ofMillis(100);

  /** How many connections the load has; as many requests can be under way. */
  static final int CONNECTIONS = 512;

  /** The threads of the ordinary backend: more than the 100 ms of the node keep busy. */
  static final int BEFORE_THREADS = 256;

  /** How many blocks the node has at the start. */
  static final int BLOCKS = 300;

  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** Checks the bounds. */
  public DemoPlan {
    requireRate(rate);
    requirePorts(port, nodePort);
    requireTime("steady", steady, Duration.ofMinutes(10));
    requireTime("step", step, Duration.ofMinutes(1));
  }

  static void requireRate(int rate) {
    if (rate < 1 || rate > 100_000) {
      throw new IllegalArgumentException("rate is " + rate + "; it must be from 1 to 100000");
    }
  }

  static void requirePorts(int port, int nodePort) {
    if (port != 0 && port == nodePort) {
      throw new IllegalArgumentException("port and nodePort are both " + port);
    }
  }

  static void requireTime(String name, Duration time, Duration longest) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          name + " is " + time + "; it must be from " + SHORTEST + " to " + longest);
    }
  }
}
