package dev.tenfold.gateway.config;

import java.time.Duration;

/**
 * What callers may ask for, and how long anything may take.
 *
 * @param body the largest request body
 * @param batch the most calls in one batch
 * @param buffered up to this size an answer is read whole, checked, and may be kept
 * @param answer the largest answer that is taken from a node
 * @param inFlight the most bytes that are held for all calls under way together
 * @param headers the largest request line and headers, each
 * @param depth how deeply the JSON of a request may be nested
 * @param connections the most open connections of callers
 * @param arrival headers and body are to be there so long after their first byte
 * @param idle a caller's connection without a request is closed after this time
 * @param callTimeout the longest that a call may take, over all nodes that are asked
 * @param attemptTimeout the longest that one node is waited for, before the next is asked
 */
public record LimitsConfig(
    DataSize body,
    int batch,
    DataSize buffered,
    DataSize answer,
    DataSize inFlight,
    DataSize headers,
    int depth,
    int connections,
    Duration arrival,
    Duration idle,
    Duration callTimeout,
    Duration attemptTimeout) {

  private static final DataSize LARGEST = DataSize.mebibytes(1024);
  private static final DataSize STREAMING = DataSize.kibibytes(512);
  private static final DataSize MOST_IN_FLIGHT = DataSize.mebibytes(1024 * 1024);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  public static final LimitsConfig DEFAULT =
      new LimitsConfig(
          DataSize.mebibytes(1),
          100,
          DataSize.mebibytes(1),
          DataSize.mebibytes(256),
          DataSize.mebibytes(64),
          DataSize.kibibytes(16),
          128,
          10_000,
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  /** Room for the largest body, and for the beginning of a reply that streams. */
  private static DataSize leastInFlight(DataSize body, DataSize buffered) {
    return new DataSize(Math.max(body.bytes(), buffered.bytes()) + STREAMING.bytes());
  }

  public LimitsConfig {
    Rules.range("limits.body", body, DataSize.kibibytes(1), LARGEST);
    Rules.range("limits.batch", batch, 1, 100_000);
    Rules.range("limits.buffered", buffered, DataSize.kibibytes(1), LARGEST);
    Rules.range("limits.answer", answer, buffered, LARGEST);
    Rules.range("limits.in-flight", inFlight, leastInFlight(body, buffered), MOST_IN_FLIGHT);
    Rules.range("limits.headers", headers, DataSize.kibibytes(1), DataSize.mebibytes(1));
    Rules.range("limits.depth", depth, 8, 1_000);
    Rules.range("limits.connections", connections, 1, 1_000_000);
    Rules.range("limits.arrival", arrival, SHORTEST);
    Rules.range("limits.idle", idle, SHORTEST);
    Rules.range("limits.call-timeout", callTimeout, SHORTEST);
    Rules.range("limits.attempt-timeout", attemptTimeout, SHORTEST);
    if (attemptTimeout.compareTo(callTimeout) > 0) {
      throw Rules.refuse(
          "limits.attempt-timeout",
          Durations.format(attemptTimeout),
          "it must not be longer than limits.call-timeout, " + Durations.format(callTimeout));
    }
  }
}
