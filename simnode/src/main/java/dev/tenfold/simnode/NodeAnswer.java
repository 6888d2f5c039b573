package dev.tenfold.simnode;

import java.time.Duration;
import java.util.Map;

/**
 * What a request led to, for a caller that plays the socket itself.
 *
 * @param ending how the exchange ends
 * @param status the HTTP status
 * @param headers the HTTP headers beside the length
 * @param body never to be changed; for {@link Ending#CUT_OFF} the whole, of which half is sent
 * @param delay how long after the request
 */
public record NodeAnswer(
    Ending ending, int status, Map<String, String> headers, byte[] body, Duration delay) {

  /** How an exchange ends. */
  public enum Ending {
    /** With an answer. */
    ANSWERED,
    /** With a connection that closes after half of the answer. */
    CUT_OFF,
    /** With a connection that closes. */
    DROPPED,
    /** Not at all. */
    SILENT
  }

  NodeAnswer with(Ending other) {
    return new NodeAnswer(other, status, headers, body, delay);
  }

  NodeAnswer with(byte[] other) {
    return new NodeAnswer(ending, status, headers, other, delay);
  }
}
