package dev.tenfold.loadgen;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Runs loads. */
public final class LoadRun {
  private LoadRun() {}

  /**
   * Runs a load on the calling thread, and returns when all that was sent has ended: at the latest
   * after warm-up, duration and two timeouts (one to connect first, one for the last replies).
   * Fails of the server are counted and never thrown.
   *
   * @throws IllegalArgumentException if the host is not known, or not on loopback and not allowed
   * @throws IOException if this process has no sockets or files left
   * @throws InterruptedException if the thread is interrupted; nothing is left open then
   */
  public static LoadResult run(LoadPlan plan) throws IOException, InterruptedException {
    return run(plan, progress -> {});
  }

  /** The same, and tells each second how it goes, on the same thread: the listener holds it up. */
  public static LoadResult run(LoadPlan plan, Consumer<LoadProgress> listener)
      throws IOException, InterruptedException {
    return run(plan, listener, System::nanoTime);
  }

  static LoadResult run(LoadPlan plan, Consumer<LoadProgress> listener, LongSupplier nanoClock)
      throws IOException, InterruptedException {
    try (Generator generator = new Generator(plan, nanoClock, listener)) {
      return generator.run();
    }
  }
}
