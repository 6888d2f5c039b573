package dev.tenfold.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * One of the servers that are compared, with what it is asked and what that cost. Two sides may be
 * the same process, which is asked different things.
 */
final class Side {
  private static final double NANOS_A_MICRO = 1e3;

  private final String name;
  private final Server server;
  private final Schedule schedule;
  private final List<Double> cpuMicros = new ArrayList<>();
  private final List<Double> allocatedBytes = new ArrayList<>();
  private Stats counted = Stats.NONE;
  private int replies;
  private int errors;

  /**
   * A process that serves.
   *
   * @param probe what looks into it, if it is a JVM
   * @param operators where it tells what it counted, if it is a gateway of ours
   */
  record Server(
      Program program,
      InetSocketAddress address,
      @Nullable JvmProbe probe,
      @Nullable URI operators) {

    static InetSocketAddress address(URI url) {
      return new InetSocketAddress(url.getHost(), url.getPort());
    }

    long allocatedBytes() throws IOException, JMException {
      return probe == null ? 0 : probe.allocatedBytes();
    }

    /** The names of the collectors; "none" without a JVM. */
    String collectors() throws IOException, JMException {
      return probe == null ? "none" : probe.collectors();
    }

    Stats stats() throws IOException {
      return operators == null ? Stats.NONE : Stats.read(operators);
    }
  }

  Side(String name, Server server, Schedule schedule) {
    this.name = name;
    this.server = server;
    this.schedule = schedule;
  }

  /** A round whose cost per request is kept. */
  void measure(Load load) throws IOException, JMException {
    Stats statsBefore = server.stats();
    long allocatedBefore = server.allocatedBytes();
    long cpuBefore = server.program().cpuNanos();
    LoadClient.Outcome outcome = load.on(server.address(), schedule);
    double cpu = server.program().cpuNanos() - cpuBefore;
    double allocated = server.allocatedBytes() - allocatedBefore;
    if (outcome.replies() == 0) {
      throw new IllegalStateException(name + " gave no right reply in a round");
    }
    counted = counted.plus(server.stats().since(statsBefore));
    replies += outcome.replies();
    errors += outcome.errors();
    cpuMicros.add(cpu / NANOS_A_MICRO / outcome.replies());
    allocatedBytes.add(allocated / outcome.replies());
  }

  /** The rounds so far were to warm up. */
  void forget() {
    cpuMicros.clear();
    allocatedBytes.clear();
    counted = Stats.NONE;
    replies = 0;
    errors = 0;
  }

  String name() {
    return name;
  }

  boolean isJvm() {
    return server.probe() != null;
  }

  boolean isGateway() {
    return server.operators() != null;
  }

  List<Double> cpuMicros() {
    return List.copyOf(cpuMicros);
  }

  List<Double> allocatedBytes() {
    return List.copyOf(allocatedBytes);
  }

  Stats counted() {
    return counted;
  }

  int replies() {
    return replies;
  }

  int errors() {
    return errors;
  }

  /** One round of load. */
  record Load(int connections, int requests, long limitSeconds) {
    LoadClient.Outcome on(InetSocketAddress server, Schedule schedule) throws IOException {
      return LoadClient.run(server, schedule, connections, requests, limitSeconds);
    }
  }
}
