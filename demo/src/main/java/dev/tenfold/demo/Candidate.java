package dev.tenfold.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What is measured: a server, and the heap that it needs to hold the load.
 *
 * @param name of its column
 * @param flags of its JVM, besides those of all parts
 * @param mainClass what is run
 * @param arguments of that
 */
record Candidate(String name, List<String> flags, String mainClass, List<String> arguments) {
  // Found by trying 32, 48, 64, 96 and 128 MiB: below 128 the ordinary backend's maximum falls, and
  // it collects all the time; the gateway's does not, and 64 leave room for a full cache.
  private static final String BEFORE_HEAP = "-Xmx128m";
  private static final String AFTER_HEAP = "-Xmx64m";

  static Candidate before(DemoPlan plan, URI node) {
    return new Candidate(
        "before",
        List.of(BEFORE_HEAP, "-Dsun.net.httpserver.nodelay=true"),
        BeforeServer.class.getName(),
        List.of(
            Integer.toString(plan.port()),
            node.toString(),
            Integer.toString(DemoPlan.BEFORE_THREADS)));
  }

  /** The gateway; where its cache is off is for the file to say. */
  static Candidate after(DemoPlan plan, String name, Path configFile) {
    return new Candidate(
        name,
        List.of(AFTER_HEAP),
        plan.mainClass(),
        List.of("serve", "--config", configFile.toString(), "--data", folder(configFile)));
  }

  private static String folder(Path file) {
    return String.valueOf(file.getParent());
  }

  /** The configuration of the gateway, in YAML; its bounds fit into the heap. */
  static String config(int port, URI node, boolean cached) {
    return """
    server: { port: %d }
    ops: { port: 0 }
    chains: { main: { upstreams: [{ url: "%s" }] } }
    cache: { memory: %s }
    limits: { in-flight: 16MiB }
    database: { url: "" }
    """
        .formatted(port, node, cached ? "16MiB" : "0B");
  }
}
