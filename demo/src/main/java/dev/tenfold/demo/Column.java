package dev.tenfold.demo;

import dev.tenfold.loadgen.LoadResult;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured of one server.
 *
 * @param name of the column
 * @param flags of its JVM, besides those of all parts
 * @param steady what came of the steady load
 * @param cpuShare of one processor under the steady load; empty where the system does not say
 * @param residentBytes at the end of the steady load; empty where the system does not say
 * @param upstreamCalls what the node was asked during the steady load, polls too
 * @param maximum the most that it holds
 * @param pauses of the collector under the steady load
 * @param earlierPauses of the collector, from the start of the process until then
 */
record Column(
    String name,
    List<String> flags,
    LoadResult steady,
    OptionalDouble cpuShare,
    OptionalLong residentBytes,
    long upstreamCalls,
    Maximum maximum,
    GcLog pauses,
    GcLog earlierPauses) {}
