package dev.tenfold.demo;

import dev.tenfold.demo.steps.Step;
import dev.tenfold.loadgen.Mix;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures one backend with one improvement after the other, and the gateway beside it. Each round
 * starts each of them in a process of its own, one after the other, and each round begins with
 * another one.
 */
public final class Steps {
  private static final String MIX = "steps.yaml";
  private static final String GATEWAY_MIX = "steps-gateway.yaml";
  private static final String GC_LOG = "gc.log";
  private static final String DATABASE = "backend.db";
  private static final List<String> DATABASE_FILES =
      List.of(DATABASE, DATABASE + "-wal", DATABASE + "-shm");

  private final StepsPlan plan;
  private final Consumer<String> progress;
  private final Workplace workplace;
  private final Mix mix = Mix.read(MIX, Demo.resource(MIX));

  private Steps(StepsPlan plan, Consumer<String> progress, Workplace workplace) {
    this.plan = plan;
    this.progress = progress;
    this.workplace = workplace;
  }

  /**
   * Runs all rounds on the calling thread, which also makes the load.
   *
   * @param progress is told in a line what is done now
   * @throws DemoException if a part cannot be started or ends early, or a step answers otherwise
   *     than the first one, or does not write down each visit
   * @throws InterruptedException if the thread is interrupted
   */
  public static StepsResult run(StepsPlan plan, Consumer<String> progress)
      throws InterruptedException {
    // Whatever happens, closing the workplace ends all parts.
    try (Workplace workplace = new Workplace()) {
      return new Steps(plan, progress, workplace).run();
    } catch (IOException e) {
      throw new DemoException("the load failed: " + e.getMessage(), e);
    }
  }

  /** The mix that is sent to the backend, as a file for {@code tenfold load}. */
  public static String mixText() {
    return Demo.resource(MIX);
  }

  private StepsResult run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    progress.accept("starting a simulated node that takes 100 ms");
    Part node = SlowNode.start(workplace, plan.mainClass(), plan.nodePort());
    List<Line> lines = lines(node.url());
    List<List<Reading>> readings = new ArrayList<>();
    lines.forEach(line -> readings.add(new ArrayList<>()));
    try (LineRun run = new LineRun(plan, workplace.file(GC_LOG), node)) {
      for (int round = 0; round < plan.rounds(); round++) {
        for (int turn = 0; turn < lines.size(); turn++) {
          int place = placeOf(round, turn, lines.size());
          Line line = lines.get(place);
          progress.accept(
              "round %d of %d: %s".formatted(round + 1, plan.rounds(), line.server().name()));
          readings.get(place).add(measure(line, run));
        }
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (Line line : lines) {
      measured.add(
          new Measured(
              line.server().name(),
              line.change(),
              line.isBackend(),
              readings.get(measured.size())));
    }
    return new StepsResult(plan, mix, measured, Duration.ofNanos(System.nanoTime() - start));
  }

  private List<Line> lines(URI node) throws IOException {
    Path database = workplace.file(DATABASE);
    List<Line> lines = new ArrayList<>();
    for (Step step : Step.values()) {
      lines.add(Line.of(step, plan, node, database, mix));
    }
    Path config = workplace.file("gateway.yaml");
    Files.writeString(config, Candidate.config(plan.port(), node, true));
    lines.add(Line.gateway(plan, config, Mix.read(GATEWAY_MIX, Demo.resource(GATEWAY_MIX))));
    return lines;
  }

  /** Each round begins three lines further on, so that none of them always comes first. */
  static int placeOf(int round, int turn, int lines) {
    return (3 * round + turn) % lines;
  }

  private Reading measure(Line line, LineRun run) throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(line.server().flags());
    flags.add(GcLog.flag(workplace.file(GC_LOG)));
    Part server =
        workplace.start(
            "the server " + line.server().name(),
            flags,
            line.server().mainClass(),
            line.server().arguments());
    try {
      return run.measure(server, line);
    } finally {
      workplace.stop(server);
      Files.deleteIfExists(workplace.file(GC_LOG));
      for (String file : DATABASE_FILES) {
        Files.deleteIfExists(workplace.file(file));
      }
    }
  }
}
