module consumer.profiling {
  requires dev.tenfold.toolkit.profiling;
}
