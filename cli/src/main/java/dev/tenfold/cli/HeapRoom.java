package dev.tenfold.cli;

import dev.tenfold.gateway.config.Config;
import dev.tenfold.gateway.config.DataSize;

/** What the configuration may hold in memory has to fit into the heap that the JVM was given. */
final class HeapRoom {
  private static final long MIB = 1 << 20;

  private HeapRoom() {}

  /**
   * Leaves a quarter of the heap to all else.
   *
   * @throws Failed if it does not fit; the message names both, and what would help
   */
  static void check(Config config, long heapBytes) {
    DataSize memory = config.cache().memory();
    DataSize inFlight = config.limits().inFlight();
    long held = memory.bytes() + inFlight.bytes();
    if (held > heapBytes / 4 * 3) {
      throw new Failed(
          "cache.memory ("
              + memory
              + ") and limits.in-flight ("
              + inFlight
              + ") must fit into three quarters of the heap, which is "
              + heapBytes / MIB
              + "MiB; a larger heap: TENFOLD_JAVA_OPTS=-Xmx"
              + (held * 2 / MIB + 1)
              + "m");
    }
  }
}
