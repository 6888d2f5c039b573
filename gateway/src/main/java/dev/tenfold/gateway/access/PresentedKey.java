package dev.tenfold.gateway.access;

/**
 * The key that a request came with. Immutable; holds no secret.
 *
 * @param hash what it is found by
 * @param mistyped true if it says that it is one of ours, and cannot be
 */
public record PresentedKey(KeyHash hash, boolean mistyped) {

  /** What is to be known of a key's text; computes one SHA-256. */
  public static PresentedKey of(String text) {
    return new PresentedKey(KeyHash.of(text), ApiKey.isMarked(text) && !ApiKey.isWellFormed(text));
  }
}
