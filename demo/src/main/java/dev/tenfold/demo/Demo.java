package dev.tenfold.demo;

import dev.tenfold.loadgen.Arrivals;
import dev.tenfold.loadgen.LoadPlan;
import dev.tenfold.loadgen.LoadResult;
import dev.tenfold.loadgen.LoadRun;
import dev.tenfold.loadgen.Mix;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Measures an ordinary backend, the gateway without its cache, and the gateway, in turn. */
public final class Demo {
  private static final String MIX = "demo.yaml";
  private static final String GC_LOG = "gc.log";

  private final DemoPlan plan;
  private final Consumer<String> progress;
  private final Mix mix;
  private final Workplace workplace;

  private Demo(DemoPlan plan, Consumer<String> progress, Workplace workplace) {
    this.plan = plan;
    this.progress = progress;
    this.workplace = workplace;
    mix = Mix.read(MIX, mixText());
  }

  /**
   * Runs the demo on the calling thread, which also makes the load.
   *
   * @param progress is told in a line what is done now
   * @throws DemoException if a part cannot be started or ends early: the message names it, and why
   * @throws InterruptedException if the thread is interrupted
   */
  public static DemoResult run(DemoPlan plan, Consumer<String> progress)
      throws InterruptedException {
    // Whatever happens, closing the workplace ends all parts.
    try (Workplace workplace = new Workplace()) {
      return new Demo(plan, progress, workplace).run();
    } catch (IOException e) {
      throw new DemoException("the load failed: " + e.getMessage(), e);
    }
  }

  /** The mix that is sent, as a file for {@code tenfold load}. */
  public static String mixText() {
    return resource(MIX);
  }

  /** The text of a file that is beside this class. */
  static String resource(String name) {
    try (InputStream in = Demo.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DemoException("the mix cannot be read: " + e.getMessage(), e);
    }
  }

  private DemoResult run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    progress.accept("starting a simulated node that takes 100 ms");
    Part node = SlowNode.start(workplace, plan.mainClass(), plan.nodePort());
    List<Column> columns = new ArrayList<>();
    try (NodeCalls calls = new NodeCalls(node.url())) {
      for (Candidate candidate : candidates(node.url())) {
        columns.add(measure(candidate, node, calls));
      }
    }
    return new DemoResult(plan, mix, columns, Duration.ofNanos(System.nanoTime() - start));
  }

  private List<Candidate> candidates(URI node) throws IOException {
    Path off = workplace.file("off.yaml");
    Path on = workplace.file("on.yaml");
    Files.writeString(off, Candidate.config(plan.port(), node, false));
    Files.writeString(on, Candidate.config(plan.port(), node, true));
    return List.of(
        Candidate.before(plan, node),
        Candidate.after(plan, "after, cache off", off),
        Candidate.after(plan, "after", on));
  }

  private Column measure(Candidate candidate, Part node, NodeCalls calls)
      throws IOException, InterruptedException {
    Path log = workplace.file(GC_LOG);
    List<String> flags = new ArrayList<>(candidate.flags());
    flags.add(GcLog.flag(log));
    progress.accept(candidate.name() + ": starting");
    Part server =
        workplace.start(
            "the server " + candidate.name(), flags, candidate.mainClass(), candidate.arguments());
    try {
      progress.accept(candidate.name() + ": warming up, and looking for its maximum");
      Maximum maximum = Maximum.find(server.url(), mix, plan);
      node.requireAlive();
      server.requireAlive();
      progress.accept(candidate.name() + ": " + plan.rate() + " requests/s");
      GcLog earlier = GcLog.read(log, GcLog.NONE);
      Steady steady = steady(server, calls);
      node.requireAlive();
      server.requireAlive();
      return new Column(
          candidate.name(),
          candidate.flags(),
          steady.result,
          steady.cpuShare,
          steady.residentBytes,
          steady.upstreamCalls,
          maximum,
          GcLog.read(log, earlier),
          earlier);
    } finally {
      workplace.stop(server);
      Files.deleteIfExists(log);
    }
  }

  private record Steady(
      LoadResult result, OptionalDouble cpuShare, OptionalLong residentBytes, long upstreamCalls) {}

  private Steady steady(Part server, NodeCalls calls) throws IOException, InterruptedException {
    long callsBefore = calls.total();
    OptionalLong cpuBefore = Readings.cpuNanos(server.pid());
    long start = System.nanoTime();
    LoadResult result =
        LoadRun.run(
            LoadPlan.of(server.url(), mix, new Arrivals.Open(plan.rate()))
                .over(DemoPlan.CONNECTIONS)
                .lasting(plan.steady()));
    long elapsed = System.nanoTime() - start;
    OptionalLong cpuAfter = Readings.cpuNanos(server.pid());
    OptionalDouble share =
        cpuBefore.isPresent() && cpuAfter.isPresent()
            ? OptionalDouble.of((double) (cpuAfter.getAsLong() - cpuBefore.getAsLong()) / elapsed)
            : OptionalDouble.empty();
    return new Steady(
        result, share, Readings.residentBytes(server.pid()), calls.total() - callsBefore);
  }
}
