package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of what records: the sampling of the heap, the choice of what samples CPU time, and
 * the folder of their files. Safe for any thread.
 */
final class Recorder {
  private static final Duration CHECK = Duration.ofSeconds(60);

  private final int heapSampleBytes;
  private final InstantSource clock;
  private final boolean jdkOnly;
  private final WorkFolder folder = new WorkFolder();
  private final WorkThread thread = new WorkThread();
  private final AtomicBoolean closed = new AtomicBoolean();

  private @Nullable CpuRecorder cpu; // guarded by this

  // Confined to the thread.
  private @Nullable HeapSampler heap;
  private String noHeapBecause = "it is not started";

  Recorder(int heapSampleBytes, InstantSource clock, boolean jdkOnly) {
    this.heapSampleBytes = heapSampleBytes;
    this.clock = clock;
    this.jdkOnly = jdkOnly;
    thread.execute(this::startHeap);
    thread.every(CHECK, this::limitFile);
  }

  boolean isClosed() {
    return closed.get();
  }

  WorkFolder folder() {
    return folder;
  }

  /**
   * Takes one, and makes an answer of it.
   *
   * @throws Refusal where too many wait, and after the end
   */
  CompletableFuture<ProfilingResponse> respond(Callable<ProfilingResponse> work) {
    return thread.respond(work);
  }

  /** Takes one on the thread, while the caller waits. */
  Profile takeAndWait(Snapshot snapshot) throws InterruptedException {
    return thread.call(() -> take(snapshot));
  }

  /** Takes one; on the thread only. */
  Profile take(Snapshot snapshot) throws IOException {
    return switch (snapshot) {
      case HEAP -> heap().snapshot();
      case ALLOCS -> heap().allocations();
      case GOROUTINE -> Profile.threads(clock.instant(), ThreadDump.byStack(threadsFile()));
    };
  }

  /** All threads as a text; on the thread only. */
  String threadDump() throws IOException {
    return ThreadDump.text(threadsFile());
  }

  synchronized CpuRecorder cpu() {
    if (cpu == null) {
      cpu = chooseCpu();
    }
    return cpu;
  }

  /** Stops the sampling after what was asked for, and removes the files. */
  void close() {
    if (!closed.getAndSet(true)) {
      thread.close(this::stopHeap);
      folder.delete();
    }
  }

  private Path threadsFile() throws IOException {
    return folder.path().resolve("threads.txt");
  }

  private HeapSampler heap() {
    if (heap == null) {
      throw Refusal.notHere("the heap is not sampled: " + noHeapBecause);
    }
    return heap;
  }

  private void startHeap() {
    if (jdkOnly) {
      noHeapBecause = "the JDK's own recorder does not do it";
      return;
    }
    try {
      heap = HeapSampler.start(folder.path(), heapSampleBytes, clock);
    } catch (IOException e) {
      noHeapBecause = String.valueOf(e.getMessage());
    }
  }

  private void limitFile() {
    try {
      if (heap != null) {
        heap.limitFile();
      }
    } catch (IOException | RuntimeException e) {
      noHeapBecause = "it failed: " + e;
      heap = null;
    }
  }

  private void stopHeap() {
    try {
      if (heap != null) {
        heap.stop();
      }
    } catch (IOException e) {
      noHeapBecause = "it was not stopped: " + e;
    }
    heap = null;
  }

  private CpuRecorder chooseCpu() {
    if (!jdkOnly) {
      try {
        return new AsyncCpuRecorder(AsyncLibrary.of(AsyncLibrary.Use.CPU, folder.path()));
      } catch (IOException _) {
        return JdkCpuRecorder.best(); // slower to start and blind to native code, but always there
      }
    }
    return JdkCpuRecorder.best();
  }
}
