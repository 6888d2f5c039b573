package dev.tenfold.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A gateway with a collector, and what was seen of it turn by turn. */
final class CollectedGateway {
  private static final double KIB_A_MIB = 1024;

  private final GcBenchmark.Setting setting;
  private final Side.Server server;
  private final Path log;
  private final List<OpenLoop.Turn> turns = new ArrayList<>();
  private final List<SafepointLog.Stop> stops = new ArrayList<>();

  CollectedGateway(GcBenchmark.Setting setting, Side.Server server, Path log) {
    this.setting = setting;
    this.server = server;
    this.log = log;
  }

  /** One turn under load; only what stopped the program during it counts. */
  void turn(OpenLoop load, Duration duration) throws IOException, InterruptedException {
    int before = SafepointLog.read(log).size();
    turns.add(load.run(server, Duration.ZERO, duration));
    List<SafepointLog.Stop> all = SafepointLog.read(log);
    stops.addAll(all.subList(before, all.size()));
  }

  /** The turns so far were to warm up. */
  void forget() {
    turns.clear();
    stops.clear();
  }

  Side.Server server() {
    return server;
  }

  String name() {
    return setting.name();
  }

  String flags() {
    return setting.description();
  }

  List<OpenLoop.Turn> turns() {
    return List.copyOf(turns);
  }

  Spread cpuMicros() {
    return Spread.of(turns.stream().map(OpenLoop.Turn::cpuMicros).toList());
  }

  Spread hitP99Millis() {
    return Spread.of(
        turns.stream().map(turn -> turn.result().hits().getValueAtPercentile(99) / 1e6).toList());
  }

  SafepointLog.Stops collections() {
    return stops(SafepointLog.Stop::isCollection);
  }

  SafepointLog.Stops otherStops() {
    return stops(stop -> !stop.isCollection());
  }

  private SafepointLog.Stops stops(Predicate<SafepointLog.Stop> which) {
    return SafepointLog.Stops.of(stops.stream().filter(which).toList());
  }

  /** A line of {@code /proc/PID/status} now, in MiB. */
  double mebibytes(String line) throws IOException {
    return ProcessFigures.kibibytes(server.program().pid(), line) / KIB_A_MIB;
  }
}
