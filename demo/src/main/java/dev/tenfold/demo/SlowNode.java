package dev.tenfold.demo;

import java.util.List;

/** The simulated node that all servers stand before. */
final class SlowNode {
  private SlowNode() {}

  /**
   * Starts it.
   *
   * @param mainClass the class of the command line
   * @param port 0 for any that is free
   */
  static Part start(Workplace workplace, String mainClass, int port) throws InterruptedException {
    return workplace.start(
        "the node",
        List.of("-Xmx128m"),
        mainClass,
        List.of(
            "node",
            "--port",
            Integer.toString(port),
            "--latency",
            DemoPlan.NODE_LATENCY.toMillis() + "ms",
            "--block-time",
            DemoPlan.BLOCK_TIME.toSeconds() + "s",
            "--blocks",
            Integer.toString(DemoPlan.BLOCKS)));
  }
}
