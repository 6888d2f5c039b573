package dev.tenfold.demo;

import java.time.Duration;

/**
 * How the backend is measured step by step. Immutable; the constructor refuses what is out of its
 * bounds.
 *
 * @param mainClass the class of the command line, which has {@code node} and {@code serve}
 * @param rate requests a second of the steady load, over 0, at most 100,000
 * @param rounds how often each step is measured, from 1 to 20
 * @param steady how long the steady load lasts, from 100 ms to 10 min
 * @param connections of the closed loop that takes the throughput, from 1 to 1,000; as many
 *     requests are under way
 * @param burst how long the throughput is measured, from 100 ms to 1 min
 * @param port where each server listens in turn; 0 for any that is free
 * @param nodePort where the simulated node listens; 0 for any that is free
 */
public record StepsPlan(
    String mainClass,
    int rate,
    int rounds,
    Duration steady,
    int connections,
    Duration burst,
    int port,
    int nodePort) {

  /** The heap of all servers. */
  static final String HEAP = "-Xmx128m";

  /** How many connections the steady load has. */
  static final int STEADY_CONNECTIONS = 100;

  /** How many times the burst the warm-up before it lasts. */
  static final int WARM_UP_BURSTS = 2;

  /** The most connections of a closed loop. */
  static final int MOST_CONNECTIONS = 1_000;

  private static final int MOST_ROUNDS = 20;

  /** Checks the bounds. */
  public StepsPlan {
    DemoPlan.requireRate(rate);
    DemoPlan.requirePorts(port, nodePort);
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "rounds is " + rounds + "; it must be from 1 to " + MOST_ROUNDS);
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "connections is " + connections + "; it must be from 1 to " + MOST_CONNECTIONS);
    }
    DemoPlan.requireTime("steady", steady, Duration.ofMinutes(10));
    DemoPlan.requireTime("burst", burst, Duration.ofMinutes(1));
  }

  /** Such as "4 rounds". */
  String roundsText() {
    return rounds == 1 ? "1 round" : rounds + " rounds";
  }
}
