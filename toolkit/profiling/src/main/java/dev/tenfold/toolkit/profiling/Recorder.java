package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of what records: the sampling of the heap, the choice of what samples CPU time, and
 * the folder of their files. The heap and the threads are looked at on one thread, one request
 * after the other. Safe for any thread.
 */
final class Recorder implements CpuProfiles.Recorders {
  private static final int MOST_WAITING = 8;
  private static final long CHECK_SECONDS = 60;
  private static final long CLOSE_SECONDS = 10;

  private final int heapSampleBytes;
  private final InstantSource clock;
  private final boolean jdkOnly;
  private final ScheduledThreadPoolExecutor thread;
  private final Semaphore room = new Semaphore(MOST_WAITING);

  private final AtomicBoolean closed = new AtomicBoolean();

  // Guarded by this.
  private @Nullable Path folder;
  private boolean folderIsGone;
  private @Nullable CpuRecorder cpu;

  // Confined to the thread.
  private @Nullable HeapSampler heap;
  private String noHeapBecause = "it is not started";

  /** What may be taken on the thread of the recorder. */
  private interface Source {
    Profile take() throws IOException;
  }

  Recorder(int heapSampleBytes, InstantSource clock, boolean jdkOnly) {
    this.heapSampleBytes = heapSampleBytes;
    this.clock = clock;
    this.jdkOnly = jdkOnly;
    thread =
        new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().daemon().name("tenfold-profiling").unstarted(work));
    thread.execute(this::startHeap);
    var _ =
        thread.scheduleWithFixedDelay(
            this::limitFile, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
  }

  boolean isClosed() {
    return closed.get();
  }

  CompletableFuture<ProfilingResponse> heap(Function<Profile, ProfilingResponse> form) {
    return take(this::heapProfile, form);
  }

  CompletableFuture<ProfilingResponse> threads(Function<Profile, ProfilingResponse> form) {
    return take(() -> Profile.threads(clock.instant(), ThreadStacks.take(folder())), form);
  }

  @Override
  public synchronized CpuRecorder cpu() {
    if (cpu == null) {
      cpu = chooseCpu();
    }
    return cpu;
  }

  @Override
  public synchronized Path folder() throws IOException {
    if (folderIsGone) {
      throw new IOException("profiling is closed");
    }
    if (folder == null) {
      folder = Files.createTempDirectory("tenfold-profiling-");
    }
    return folder;
  }

  /** Stops the sampling after what was asked for, and removes the files. */
  void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    thread.execute(this::stopHeap);
    thread.shutdown();
    try {
      var _ = thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    deleteFolder();
  }

  private CompletableFuture<ProfilingResponse> take(
      Source source, Function<Profile, ProfilingResponse> form) {
    if (!room.tryAcquire()) {
      throw Refusal.busy(MOST_WAITING + " requests are under way; no more at a time", 1);
    }
    CompletableFuture<ProfilingResponse> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> finish(answer, source, form));
    } catch (RejectedExecutionException _) {
      room.release();
      throw Refusal.closed();
    }
    return answer;
  }

  private void finish(
      CompletableFuture<ProfilingResponse> answer,
      Source source,
      Function<Profile, ProfilingResponse> form) {
    ProfilingResponse response;
    try {
      response = answer.isDone() ? Refusal.closed().response() : form.apply(source.take());
    } catch (Refusal refusal) {
      response = refusal.response();
    } catch (IOException | RuntimeException e) {
      response = Profiling.failure(e);
    } finally {
      room.release();
    }
    answer.complete(response);
  }

  private Profile heapProfile() throws IOException {
    if (heap == null) {
      throw Refusal.notHere("the heap is not sampled: " + noHeapBecause);
    }
    return heap.snapshot();
  }

  private void startHeap() {
    if (jdkOnly) {
      noHeapBecause = "the JDK's own recorder does not do it";
      return;
    }
    try {
      heap = HeapSampler.start(folder(), heapSampleBytes, clock);
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
        return new AsyncCpuRecorder(AsyncLibrary.of(AsyncLibrary.Use.CPU, folder()));
      } catch (IOException _) {
        return JdkCpuRecorder.best(); // slower to start and blind to native code, but always there
      }
    }
    return JdkCpuRecorder.best();
  }

  private synchronized void deleteFolder() {
    folderIsGone = true;
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be removed", e);
    } finally {
      folder = null;
    }
  }
}
