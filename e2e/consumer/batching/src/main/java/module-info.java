module consumer.batching {
  requires dev.tenfold.toolkit.batching;
}
