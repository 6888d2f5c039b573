package dev.tenfold.gateway.accounts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a key used of a method of a chain within an hour, or within a part of it. Immutable.
 *
 * @param keyId the id of the key; empty for calls without one
 * @param chain the chain's name
 * @param method the method's name
 * @param hour when the hour begins
 * @param calls calls, those that failed too
 * @param hits calls that were answered without asking a node
 * @param errors calls whose reply has an error
 * @param units compute units that were charged
 * @param bytes bytes of the replies
 * @param savedUnits compute units of the hits, which no provider charged
 * @param savedMicros microseconds that nodes would have taken for the hits
 */
public record UsageRow(
    String keyId,
    String chain,
    String method,
    Instant hour,
    long calls,
    long hits,
    long errors,
    long units,
    long bytes,
    long savedUnits,
    long savedMicros) {
  private static final int NAME_LENGTH = 256;

  /**
   * Checks the row, so that no database refuses it later.
   *
   * @throws IllegalArgumentException if a name has more than 256 characters, or control characters
   *     or halves of surrogate pairs; if {@code hour} does not begin one; if a count is negative
   */
  public UsageRow {
    if (!isStorable(keyId) || !isStorable(chain) || !isStorable(method)) {
      throw new IllegalArgumentException("a name is too long, or has what cannot be stored");
    }
    if (!hour.equals(hour.truncatedTo(ChronoUnit.HOURS))) {
      throw new IllegalArgumentException("hour must begin one, not be " + hour);
    }
    if ((calls | hits | errors | units | bytes | savedUnits | savedMicros) < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  private static boolean isStorable(String name) {
    return name.length() <= NAME_LENGTH && Rules.isPlainText(name);
  }

  /** The sum of two rows of the same key, chain, method and hour. */
  UsageRow plus(UsageRow other) {
    return new UsageRow(
        keyId,
        chain,
        method,
        hour,
        calls + other.calls,
        hits + other.hits,
        errors + other.errors,
        units + other.units,
        bytes + other.bytes,
        savedUnits + other.savedUnits,
        savedMicros + other.savedMicros);
  }
}
