package dev.tenfold.demo;

import dev.tenfold.loadgen.Arrivals;
import dev.tenfold.loadgen.LoadPlan;
import dev.tenfold.loadgen.LoadResult;
import dev.tenfold.loadgen.LoadRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Measures servers, one at a time, before one node. */
final class LineRun implements AutoCloseable {
  private final StepsPlan plan;
  private final Part node;
  private final Path log;
  private final NodeCalls nodeCalls;
  private final BackendCalls backendCalls = new BackendCalls();
  private final RightAnswers rightAnswers = new RightAnswers();

  /** The log of the collector is written to a file that is not there before and after a run. */
  LineRun(StepsPlan plan, Path log, Part node) {
    this.plan = plan;
    this.node = node;
    this.log = log;
    nodeCalls = new NodeCalls(node.url());
  }

  /**
   * Warms a server up by a closed loop, which goes on to be the burst, and puts the steady load on
   * it then.
   *
   * @throws DemoException if it ends early, or does not do what it should
   */
  Reading measure(Part server, Line line) throws IOException, InterruptedException {
    if (line.isBackend()) {
      rightAnswers.require(line.server().name(), backendCalls.answers(server.url()));
    }
    LoadResult burst =
        LoadRun.run(
            LoadPlan.of(server.url(), line.mix(), new Arrivals.Closed())
                .over(plan.connections())
                .warmingUpFor(plan.burst().multipliedBy(StepsPlan.WARM_UP_BURSTS))
                .lasting(plan.burst()));
    requireAlive(server);
    Reading reading = steady(server, line, burst);
    requireAlive(server);
    if (line.isBackend()) {
      backendCalls.awaitWritten(server.url());
    }
    return reading;
  }

  private Reading steady(Part server, Line line, LoadResult burst)
      throws IOException, InterruptedException {
    long callsBefore = nodeCalls.total();
    OptionalLong allocatedBefore = server.allocatedBytes();
    OptionalLong cpuBefore = Readings.cpuNanos(server.pid());
    LoadResult steady =
        LoadRun.run(
            LoadPlan.of(server.url(), line.mix(), new Arrivals.Open(plan.rate()))
                .over(StepsPlan.STEADY_CONNECTIONS)
                .lasting(plan.steady()));
    OptionalLong cpu = since(cpuBefore, Readings.cpuNanos(server.pid()));
    OptionalLong allocated = since(allocatedBefore, server.allocatedBytes());
    return new Reading(
        steady,
        burst,
        cpu,
        allocated,
        Readings.residentBytes(server.pid()),
        nodeCalls.total() - callsBefore,
        GcLog.read(log, GcLog.NONE));
  }

  private static OptionalLong since(OptionalLong before, OptionalLong now) {
    return before.isPresent() && now.isPresent()
        ? OptionalLong.of(now.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }

  private void requireAlive(Part server) {
    node.requireAlive();
    server.requireAlive();
  }

  @Override
  public void close() {
    nodeCalls.close();
    backendCalls.close();
  }
}
