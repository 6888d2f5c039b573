package dev.tenfold.toolkit.profiling;

import java.util.Locale;

/** The profiles of what is, or was since a beginning. Two of them have a difference. */
enum Snapshot {
  /** What is in use, first; the heap is collected for it. */
  HEAP,
  /** What was allocated, first. */
  ALLOCS,
  /** All threads. */
  GOROUTINE;

  /** Its name in the path. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }
}
