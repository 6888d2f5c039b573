package dev.tenfold.gateway.accounts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made. Nothing is checked before it is handed to {@link Accounts}. An empty list
 * allows all; a list has at most 100 members of 1 to 256 characters without control characters.
 *
 * @param name 1 to 200 characters, no control characters, not blank
 * @param tier the name of a tier of the configuration, at most 64 characters of {@code A-Z a-z 0-9
 *     _ . : -}; empty for none. Whether there is such a tier is for the caller to know
 * @param rate calls a second in place of the tier's, up to 1,000,000,000; 0 for none of its own
 * @param burst calls at once, up to 1,000,000,000; 0 for one second's worth of {@code rate}
 * @param expiresAt from then on it is refused, must be in the future; null for never
 * @param chains names of chains
 * @param methods names of methods, or beginnings with a star at the end
 * @param origins what a browser must send as {@code Origin}
 * @param addresses of callers: addresses, or networks as {@code 10.0.0.0/8}
 */
public record NewKey(
    String name,
    String tier,
    int rate,
    int burst,
    @Nullable Instant expiresAt,
    List<String> chains,
    List<String> methods,
    List<String> origins,
    List<String> addresses) {

  public NewKey {
    chains = List.copyOf(chains);
    methods = List.copyOf(methods);
    origins = List.copyOf(origins);
    addresses = List.copyOf(addresses);
  }

  /** A key that may do all, for ever, with the limits of no tier. */
  public static NewKey named(String name) {
    return new NewKey(name, "", 0, 0, null, List.of(), List.of(), List.of(), List.of());
  }
}
