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

  private final Settings settings;
  private final InstantSource clock;
  private final WorkFolder folder = new WorkFolder();
  private final WorkThread thread = new WorkThread();
  private final AtomicBoolean closed = new AtomicBoolean();

  private @Nullable CpuRecorder cpu; // guarded by this

  // Confined to the thread.
  private @Nullable HeapSampler heap;
  private String noHeapBecause = "it is not started";
  private final EventRecorder events;
  private boolean isWatching;

  Recorder(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    events =
        new EventRecorder(folder, settings.waitThreshold(), settings.recordsFromStart(), clock);
    thread.execute(this::start);
    thread.every(CHECK, this::limit);
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
      case MUTEX, BLOCK, THREADCREATE -> {
        Profile profile = events.take(snapshot);
        watch();
        yield profile;
      }
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

  /** What records wall-clock time. */
  WallRecorder wall() {
    return new WallRecorder(timeLibrary());
  }

  /** Stops the sampling after what was asked for, and removes the files. */
  void close() {
    if (!closed.getAndSet(true)) {
      thread.close(this::stop);
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

  private void start() {
    startHeap();
    if (settings.recordsFromStart()) {
      try {
        for (Snapshot kind : Snapshot.RECORDED) {
          events.begin(kind);
        }
        watch();
      } catch (IOException | RuntimeException _) {
        events.stop(); // who asks for it tries again, and is told why not
      }
    }
  }

  private void startHeap() {
    if (settings.jdkOnly()) {
      noHeapBecause = "the JDK's own recorder does not do it";
      return;
    }
    try {
      heap = HeapSampler.start(folder.path(), settings.heapSampleBytes(), clock);
    } catch (IOException e) {
      noHeapBecause = String.valueOf(e.getMessage());
    }
  }

  /** Looks at virtual threads again and again, as long as waits are recorded. */
  private void watch() {
    if (!isWatching && events.isOfWaits()) {
      isWatching = true;
      thread.after(events.pause(), this::lookAndWatch);
    }
  }

  private void lookAndWatch() {
    isWatching = false;
    if (events.isOfWaits()) {
      try {
        events.look();
      } catch (IOException _) {
        // the folder is full or gone: who asks is told
      }
      watch();
    }
  }

  private void limit() {
    try {
      if (heap != null) {
        heap.limitFile();
      }
    } catch (IOException | RuntimeException e) {
      noHeapBecause = "it failed: " + e;
      heap = null;
    }
    try {
      events.limit();
    } catch (IOException | RuntimeException _) {
      events.stop(); // who asks for it begins anew
    }
  }

  private void stop() {
    try {
      if (heap != null) {
        heap.stop();
      }
    } catch (IOException e) {
      noHeapBecause = "it was not stopped: " + e;
    }
    heap = null;
    events.stop();
  }

  /** Slower to start and blind to native code, but always there: the JDK's own, in its place. */
  private CpuRecorder chooseCpu() {
    AsyncLibrary library = timeLibrary();
    return library == null ? JdkCpuRecorder.best() : new AsyncCpuRecorder(library);
  }

  private @Nullable AsyncLibrary timeLibrary() {
    if (settings.jdkOnly()) {
      return null;
    }
    try {
      return AsyncLibrary.of(AsyncLibrary.Use.TIME, folder.path());
    } catch (IOException _) {
      return null;
    }
  }
}
