/** Counts, latencies and errors of requests, recorded without a lock. */
@NullMarked
package dev.tenfold.toolkit.metrics;

import org.jspecify.annotations.NullMarked;
