package dev.tenfold.gateway.access;

/**
 * What was used. Immutable.
 *
 * @param calls all, the refused ones too
 * @param hits those that were answered without a node
 * @param errors those that failed
 * @param units compute units of those that were not refused
 * @param bytes of results and errors
 * @param savedUnits compute units of the hits
 * @param savedMicros the time that nodes would have taken for the hits, in microseconds: for each
 *     as long as the same method took on average when a node was asked
 */
public record UsageSums(
    long calls, long hits, long errors, long units, long bytes, long savedUnits, long savedMicros) {
  /** Nothing. */
  public static final UsageSums NONE = new UsageSums(0, 0, 0, 0, 0, 0, 0);

  /** True if nothing was used. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** What was used since. */
  public UsageSums minus(UsageSums before) {
    return new UsageSums(
        calls - before.calls,
        hits - before.hits,
        errors - before.errors,
        units - before.units,
        bytes - before.bytes,
        savedUnits - before.savedUnits,
        savedMicros - before.savedMicros);
  }
}
