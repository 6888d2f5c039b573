/**
 * A load generator for JSON-RPC over HTTP/1.1. {@link dev.tenfold.loadgen.LoadRun} makes a {@link
 * dev.tenfold.loadgen.LoadPlan} into a {@link dev.tenfold.loadgen.LoadResult}, on one thread.
 *
 * <p>An open loop sends at constant intervals, whatever the server does, and takes each latency
 * from the moment at which the request was <em>meant</em> to go out: a server that stalls shows
 * with all the requests that it held up, not with one (Gil Tene's "coordinated omission").
 */
@NullMarked
package dev.tenfold.loadgen;

import org.jspecify.annotations.NullMarked;
