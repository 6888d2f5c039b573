package dev.tenfold.gateway.upstream;

import java.net.URI;
import java.util.Map;

/**
 * How one node is reached.
 *
 * @param name what to call it in logs, metrics and errors, such as {@code main#1}
 * @param url its address, a secret: it is shown nowhere
 * @param headers sent with every request, secrets too
 * @param weight its share of the calls, 1 or more
 * @param backup asked only where no other node is well
 */
public record UpstreamSettings(
    String name, URI url, Map<String, String> headers, int weight, boolean backup) {

  public UpstreamSettings {
    headers = Map.copyOf(headers);
    if (weight < 1) {
      throw new IllegalArgumentException(name + ": weight must be 1 or more, not " + weight);
    }
  }

  /** A node of weight 1, without headers. */
  public static UpstreamSettings of(String name, URI url) {
    return new UpstreamSettings(name, url, Map.of(), 1, false);
  }

  /** The name only. */
  @Override
  public String toString() {
    return name;
  }
}
