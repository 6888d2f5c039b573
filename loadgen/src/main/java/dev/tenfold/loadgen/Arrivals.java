package dev.tenfold.loadgen;

/** When requests are sent. */
public sealed interface Arrivals {

  /**
   * At constant intervals, whatever the server does.
   *
   * @param rate requests a second, over 0, at most {@value #MAX_RATE}
   */
  record Open(double rate) implements Arrivals {
    private static final int MAX_RATE = 1_000_000;

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException if it is out of its bounds
     */
    public Open {
      if (!(rate > 0 && rate <= MAX_RATE)) {
        throw new IllegalArgumentException(
            "rate is " + rate + "; it must be over 0 and at most " + MAX_RATE);
      }
    }

    /** When a request is meant to go out, in nanoseconds after the first. */
    long nanosOf(long request) {
      return (long) (request * 1e9 / rate);
    }

    /** How many are meant to go out before this time after the first. */
    long before(long nanos) {
      return (long) Math.ceil(nanos * rate / 1e9);
    }
  }

  /** Each connection sends again as soon as its reply is here. */
  record Closed() implements Arrivals {}
}
