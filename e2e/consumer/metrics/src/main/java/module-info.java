module consumer.metrics {
  requires dev.tenfold.toolkit.metrics;
}
