/** Pools of objects and of byte buffers. */
module dev.tenfold.toolkit.pool {
  requires static transitive org.jspecify;

  exports dev.tenfold.toolkit.pool;
}
