package dev.tenfold.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;

/** One of the two servers that are compared, with the load on it and what it cost. */
final class Side {
  private static final double NANOS_A_MICRO = 1e3;

  private final Program program;
  private final JvmProbe probe;
  private final InetSocketAddress address;
  private final HttpCall call;
  private final List<Double> cpuMicros = new ArrayList<>();
  private final List<Double> allocatedBytes = new ArrayList<>();
  private int errors;

  Side(Program program, JvmProbe probe, InetSocketAddress address, HttpCall call) {
    this.program = program;
    this.probe = probe;
    this.address = address;
    this.call = call;
  }

  static InetSocketAddress address(URI url) {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  /** A round whose cost per request is kept. */
  void measure(Load load) throws IOException, JMException {
    long allocatedBefore = probe.allocatedBytes();
    long cpuBefore = ProcessFigures.cpuNanos(program.pid());
    LoadClient.Outcome outcome = load.on(address, call);
    double cpu = ProcessFigures.cpuNanos(program.pid()) - cpuBefore;
    double allocated = probe.allocatedBytes() - allocatedBefore;
    errors += outcome.errors();
    cpuMicros.add(cpu / NANOS_A_MICRO / outcome.replies());
    allocatedBytes.add(allocated / outcome.replies());
  }

  /** The rounds so far were to warm up. */
  void forget() {
    cpuMicros.clear();
    allocatedBytes.clear();
    errors = 0;
  }

  List<Double> cpuMicros() {
    return List.copyOf(cpuMicros);
  }

  List<Double> allocatedBytes() {
    return List.copyOf(allocatedBytes);
  }

  int errors() {
    return errors;
  }

  /** One round of load. */
  record Load(int connections, int requests, long limitSeconds) {
    LoadClient.Outcome on(InetSocketAddress server, HttpCall call) throws IOException {
      return LoadClient.run(server, call, connections, requests, limitSeconds);
    }
  }
}
