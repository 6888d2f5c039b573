module consumer.pool {
  requires dev.tenfold.toolkit.pool;
}
