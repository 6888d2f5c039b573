package dev.tenfold.gateway.access;

/**
 * What an account may use. 0 is no limit. Immutable.
 *
 * @param rate calls a second
 * @param burst calls at once
 * @param units compute units a second
 * @param unitsBurst compute units at once
 * @param monthlyUnits compute units in a calendar month of UTC
 * @param concurrency calls under way at once
 */
public record Limits(
    int rate, int burst, int units, int unitsBurst, long monthlyUnits, int concurrency) {
  /** No limit at all. */
  public static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0);

  /** A burst that is left out is one second's worth. */
  public Limits {
    burst = burst == 0 ? rate : burst;
    unitsBurst = unitsBurst == 0 ? units : unitsBurst;
  }

  /** These limits with a rate of a key's own. */
  Limits withRate(int ownRate, int ownBurst) {
    return new Limits(ownRate, ownBurst, units, unitsBurst, monthlyUnits, concurrency);
  }
}
