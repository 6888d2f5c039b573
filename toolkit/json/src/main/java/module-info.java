/** Pooled reading and writing of JSON, on Jackson. */
module dev.tenfold.toolkit.json {
  requires transitive com.fasterxml.jackson.core;
  requires transitive com.fasterxml.jackson.databind;
  requires static org.jspecify;

  exports dev.tenfold.toolkit.json;
}
