/** JSON by Jackson's mapping, with pooled readers and writers below. */
module dev.tenfold.toolkit.json {
  requires static transitive org.jspecify;
  requires transitive com.fasterxml.jackson.core;
  requires transitive com.fasterxml.jackson.databind;

  exports dev.tenfold.toolkit.json;
}
