package dev.tenfold.toolkit.profiling;

import java.util.List;

/** What of a wait is for readers: where it was called, and whether it was for a lock. */
final class Waits {
  /** Inside of what waits: whoever called it is where Go's stacks begin, and so do these. */
  private static final List<String> INSIDE =
      List.of(
          "jdk.internal.",
          "java.lang.Object.wait0",
          "java.lang.System$",
          "java.lang.VirtualThread.",
          "java.util.concurrent.CompletableFuture$Signaller.",
          "java.util.concurrent.ForkJoinPool.managedBlock",
          "java.util.concurrent.ForkJoinPool.unmanagedBlock",
          "java.util.concurrent.locks.AbstractQueued",
          "java.util.concurrent.locks.LockSupport.",
          "java.util.concurrent.locks.ReentrantLock$Sync.",
          "java.util.concurrent.locks.StampedLock.acquire");

  /** Who waits for one of these wants to be alone, or not to be disturbed. */
  private static final List<String> LOCKS =
      List.of(
          "java.util.concurrent.locks.ReentrantLock$",
          "java.util.concurrent.locks.ReentrantReadWriteLock$",
          "java.util.concurrent.locks.StampedLock");

  private Waits() {}

  /** The stack from the lock, the latch or the queue on that was waited at. */
  static Stack fromTheCall(Stack stack) {
    List<Frame> frames = stack.frames();
    int first = 0;
    while (first < frames.size() && isInside(frames.get(first).function())) {
      first++;
    }
    return first == 0 || first == frames.size()
        ? stack
        : new Stack(frames.subList(first, frames.size()));
  }

  /**
   * True if who is parked for it waits for a lock.
   *
   * @param parkedFor the class of the object
   */
  static boolean isLock(String parkedFor) {
    return LOCKS.stream().anyMatch(parkedFor::startsWith);
  }

  private static boolean isInside(String function) {
    return INSIDE.stream().anyMatch(function::startsWith);
  }
}
