package dev.tenfold.gateway.config;

/**
 * What a caller may use. 0 is no limit.
 *
 * @param rate calls a second
 * @param burst calls at once; where it is 0 and there is a rate, one second's worth
 * @param units compute units a second
 * @param unitsBurst compute units at once; where it is 0 and there are units, one second's worth
 * @param monthlyUnits compute units in a calendar month of UTC
 * @param concurrency calls under way at once
 */
public record TierConfig(
    int rate, int burst, int units, int unitsBurst, long monthlyUnits, int concurrency) {
  /** No limit at all. */
  public static final TierConfig DEFAULT = new TierConfig(0, 0, 0, 0, 0, 0);

  private static final int MOST = 1_000_000;
  private static final long MOST_MONTHLY = 1_000_000_000_000_000L;

  public TierConfig {
    Rules.range("rate", rate, 0, MOST);
    Rules.range("burst", burst, 0, MOST);
    Rules.range("units", units, 0, MOST);
    Rules.range("units-burst", unitsBurst, 0, MOST);
    Rules.range("monthly-units", monthlyUnits, 0, MOST_MONTHLY);
    Rules.range("concurrency", concurrency, 0, MOST);
    if (burst > 0 && rate == 0) {
      throw Rules.refuse("burst", burst, "it needs a rate beside it");
    }
    if (unitsBurst > 0 && units == 0) {
      throw Rules.refuse("units-burst", unitsBurst, "it needs units beside it");
    }
  }
}
