package dev.tenfold.demo;

import dev.tenfold.loadgen.LoadResult;
import java.util.OptionalLong;

/**
 * What was measured of one server in one round.
 *
 * @param steady what came of the steady load
 * @param burst what came of the closed loop
 * @param cpuNanos processor time under the steady load; empty where the system does not say
 * @param allocatedBytes on the heap, under the steady load; empty where the JVM does not say
 * @param residentBytes at the end of both loads; empty where the system does not say
 * @param nodeCalls what the node was asked during the steady load
 * @param pauses of the collector under both loads, warm-up included
 */
record Reading(
    LoadResult steady,
    LoadResult burst,
    OptionalLong cpuNanos,
    OptionalLong allocatedBytes,
    OptionalLong residentBytes,
    long nodeCalls,
    GcLog pauses) {

  /** Whether all requests were answered, and the steady load was sent as it was meant to be. */
  boolean isClean() {
    return steady.failed() + steady.unsent() + burst.failed() == 0;
  }
}
