package dev.tenfold.demo;

import dev.tenfold.loadgen.Arrivals;
import dev.tenfold.loadgen.LoadPlan;
import dev.tenfold.loadgen.LoadResult;
import dev.tenfold.loadgen.LoadRun;
import dev.tenfold.loadgen.Mix;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * The most that a server holds: the highest rate at which 99% are answered within a second, none
 * fails, and the queue does not grow.
 *
 * @param throughput good requests a second; 0 if it held none of the rates that were tried
 * @param p99Nanos at that rate
 * @param hitRatio at that rate
 */
record Maximum(double throughput, long p99Nanos, double hitRatio) {
  private static final double[] RISING = {0.8, 1.0, 1.25, 1.6, 2.0};
  private static final double[] FALLING = {0.55, 0.4, 0.25};
  private static final long LIMIT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double QUEUE_SHARE = 0.05;

  /** How many steps the warm-up lasts. */
  static final int WARM_UP_STEPS = 5;

  /**
   * Warms a server up with a closed loop, which also tells about how much it can do, and then tries
   * rising rates around that until one is not held.
   */
  static Maximum find(URI server, Mix mix, DemoPlan plan) throws IOException, InterruptedException {
    LoadPlan load =
        LoadPlan.of(server, mix, new Arrivals.Closed())
            .over(DemoPlan.CONNECTIONS)
            .warmingUpFor(plan.step().multipliedBy(WARM_UP_STEPS))
            .lasting(plan.step());
    double about = Math.max(1, LoadRun.run(load).throughput());
    Maximum best = climb(load, RISING, about, true);
    return best.throughput > 0 ? best : climb(load, FALLING, about, false);
  }

  private static Maximum climb(LoadPlan load, double[] shares, double about, boolean rising)
      throws IOException, InterruptedException {
    Maximum best = new Maximum(0, 0, 0);
    for (double share : shares) {
      LoadPlan step =
          LoadPlan.of(load.url(), load.mix(), new Arrivals.Open(share * about))
              .over(load.connections())
              .lasting(load.duration());
      LoadResult result = LoadRun.run(step);
      boolean held = isHeld(result);
      if (held) {
        best = new Maximum(result.throughput(), p99(result), result.hitRatio());
      }
      if (held != rising) {
        return best;
      }
    }
    return best;
  }

  static boolean isHeld(LoadResult result) {
    return result.failed() == 0
        && p99(result) < LIMIT_NANOS
        && result.unsent() <= QUEUE_SHARE * (result.sent() + result.unsent());
  }

  private static long p99(LoadResult result) {
    return result.latency().getValueAtPercentile(99);
  }
}
