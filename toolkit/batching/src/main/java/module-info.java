/** Writes that are grouped by size and age. */
module dev.tenfold.toolkit.batching {
  requires static transitive org.jspecify;

  exports dev.tenfold.toolkit.batching;
}
