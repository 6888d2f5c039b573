package dev.tenfold.bench;

import dev.tenfold.loadgen.Arrivals;
import dev.tenfold.loadgen.Keys;
import dev.tenfold.loadgen.LoadPlan;
import dev.tenfold.loadgen.LoadResult;
import dev.tenfold.loadgen.LoadRun;
import dev.tenfold.loadgen.Mix;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Requests at a constant rate, sent by this process with the program's load generator: blocks by
 * Zipf's law, which the gateway keeps, and balances at the newest block of addresses that are
 * nearly all new.
 */
final class OpenLoop {
  private final Mix mix;
  private final int rate;
  private final int connections;
  private long seed;

  /**
   * One turn at a gateway; the generator's warm-up is in the CPU time, and in what it is for.
   *
   * @param cpuMicros of the whole process for a call
   */
  record Turn(LoadResult result, Stats counted, double cpuMicros) {
    long errors() {
      return result.failed() + result.unsent();
    }
  }

  /**
   * A load.
   *
   * @param keys how many blocks are asked for, from block 0
   * @param knownPercent how many of a hundred calls ask for a block
   */
  OpenLoop(int rate, int connections, int keys, int knownPercent) {
    this.rate = rate;
    this.connections = connections;
    Mix.Call known =
        new Mix.Call(
            "eth_getBlockByNumber", knownPercent, "[\"$block\",false]", new Keys.Zipf(keys, 1), 0);
    Mix.Call fresh =
        new Mix.Call(
            "eth_getBalance",
            100 - knownPercent,
            "[\"$address\",\"latest\"]",
            new Keys.Uniform(Keys.MOST),
            0);
    mix = new Mix("blocks and balances", List.of(known, fresh), List.of(Mix.Batch.SINGLE));
  }

  /** Each turn has other addresses than the one before. */
  Turn run(Side.Server gateway, Duration warmUp, Duration duration)
      throws IOException, InterruptedException {
    Stats before = gateway.stats();
    long cpuBefore = gateway.program().cpuNanos();
    LoadResult result = LoadRun.run(plan(gateway, warmUp, duration));
    double cpu = gateway.program().cpuNanos() - cpuBefore;
    Stats counted = gateway.stats().since(before);
    return new Turn(result, counted, cpu / 1e3 / (counted.hits() + counted.misses()));
  }

  private LoadPlan plan(Side.Server gateway, Duration warmUp, Duration duration) {
    LoadPlan usual =
        LoadPlan.of(
            URI.create("http://127.0.0.1:" + gateway.address().getPort()),
            mix,
            new Arrivals.Open(rate));
    return new LoadPlan(
        usual.url(),
        mix,
        usual.arrivals(),
        warmUp,
        duration,
        usual.requests(),
        connections,
        usual.timeout(),
        seed++,
        false);
  }

  int rate() {
    return rate;
  }

  int connections() {
    return connections;
  }
}
