module consumer.cache {
  requires dev.tenfold.toolkit.cache;
}
