/** A memory cache bounded in bytes, and single flight. */
module dev.tenfold.toolkit.cache {
  requires static transitive org.jspecify;
  requires com.github.benmanes.caffeine;

  exports dev.tenfold.toolkit.cache;
}
