/** Profiles of a running JVM, under the paths and in the format that Go has for them. */
module dev.tenfold.toolkit.profiling {
  requires static transitive jdk.httpserver;
  requires static transitive org.jspecify;
  requires async.profiler;
  requires java.management;
  requires jdk.jfr;
  requires jdk.management;

  exports dev.tenfold.toolkit.profiling;
}
