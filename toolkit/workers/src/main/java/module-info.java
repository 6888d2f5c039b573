/** A fixed number of workers behind a bounded queue. */
module dev.tenfold.toolkit.workers {
  requires static transitive org.jspecify;

  exports dev.tenfold.toolkit.workers;
}
