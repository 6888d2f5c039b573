package dev.tenfold.bench.toolkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.infra.Blackhole;

/** Work that is done once by each of many virtual threads that start together. */
final class VirtualThreads {
  /** How many there are. */
  static final int COUNT = 10_000;

  private VirtualThreads() {}

  /** Returns when all have ended; throws if the work of one has thrown. */
  static void run(Callable<Object> work, Blackhole hole) throws InterruptedException {
    AtomicReference<Exception> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      threads.add(Thread.startVirtualThread(() -> hole.consume(result(work, failure))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("the work failed", failure.get());
    }
  }

  private static Object result(Callable<Object> work, AtomicReference<Exception> failure) {
    try {
      return work.call();
    } catch (Exception e) {
      failure.set(e);
      return e;
    }
  }
}
