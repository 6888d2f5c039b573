package dev.tenfold.toolkit.profiling;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The profiles of what is, or was since a beginning. Two of them have a difference. */
enum Snapshot {
  /** What is in use, first; the heap is collected for it. */
  HEAP,
  /** What was allocated, first. */
  ALLOCS,
  /** All threads. */
  GOROUTINE,
  /** Waits for locks. */
  MUTEX,
  /** Waits for locks, latches, queues, conditions, and whatever else threads are parked for. */
  BLOCK,
  /** Who started threads of the system. */
  THREADCREATE;

  /** Those that are of what is recorded from a beginning on. */
  static final Set<Snapshot> RECORDED =
      Collections.unmodifiableSet(EnumSet.of(MUTEX, BLOCK, THREADCREATE));

  /** Its name in the path. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }
}
