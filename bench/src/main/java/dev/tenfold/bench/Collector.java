package dev.tenfold.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The collectors of the JVM that are compared. */
enum Collector {
  Z("ZGC", "UseZGC"),
  G1("G1", "UseG1GC"),
  PARALLEL("Parallel", "UseParallelGC"),
  SERIAL("Serial", "UseSerialGC");

  private final String title;
  private final String flag;

  Collector(String title, String flag) {
    this.title = title;
    this.flag = flag;
  }

  String title() {
    return title;
  }

  /** The flag by which it is chosen. */
  String flag() {
    return "-XX:+" + flag;
  }

  /** Chooses this one, whichever one flags before these chose. */
  String flags() {
    return Arrays.stream(values())
            .filter(other -> other != this)
            .map(other -> "-XX:-" + other.flag)
            .collect(Collectors.joining(" "))
        + " "
        + flag();
  }
}
