module consumer.workers {
  requires dev.tenfold.toolkit.workers;
}
