package dev.tenfold.loadgen;

import java.time.Duration;

/**
 * How a load goes, told each second.
 *
 * @param elapsed since the first request was meant to go out
 * @param warmingUp whether requests do not count yet
 * @param good answered well in this second
 * @param failed in this second
 * @param waiting due, and waiting for a connection
 * @param latency of this second
 */
public record LoadProgress(
    Duration elapsed, boolean warmingUp, long good, long failed, long waiting, Latency latency) {}
