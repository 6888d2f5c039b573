package dev.tenfold.gateway.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key: whose it is, and what it may. Immutable. An empty list allows all.
 *
 * @param id its name in the admin API and in usage; no secret
 * @param userId whose it is; empty for a key of the configuration
 * @param name what its owner calls it
 * @param hint the last characters of its text
 * @param createdAt when it was made
 * @param expiresAt from then on it is refused; null for never
 * @param revokedAt since then it is refused; null while it is not revoked
 * @param tier the limits of the configuration that it has, by name; empty for the default ones
 * @param rate calls a second, in place of the tier's; 0 for none of its own
 * @param burst calls at once, with {@code rate}; 0 where rate is 0
 * @param chains the names of the chains that it may use
 * @param methods names of methods, or beginnings of names with a star at the end
 * @param origins the {@code Origin} that a browser must send
 * @param addresses of callers: addresses, or networks as {@code 10.0.0.0/8}
 */
public record KeyRecord(
    String id,
    String userId,
    String name,
    String hint,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    String tier,
    int rate,
    int burst,
    List<String> chains,
    List<String> methods,
    List<String> origins,
    List<String> addresses) {

  public KeyRecord {
    chains = List.copyOf(chains);
    methods = List.copyOf(methods);
    origins = List.copyOf(origins);
    addresses = List.copyOf(addresses);
  }
}
