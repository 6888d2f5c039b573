/** Counts, latencies and calls in flight, without a lock. */
module dev.tenfold.toolkit.metrics {
  requires static transitive org.jspecify;

  exports dev.tenfold.toolkit.metrics;
}
