package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where threads are while time passes, whether they run or wait: threads of the system by
 * async-profiler, virtual ones that wait by looking at all threads again and again. Without
 * async-profiler, all of them are looked at. One recording at a time.
 */
final class WallRecorder {
  /** Time between two samples of a thread by async-profiler. */
  static final Duration PERIOD = Duration.ofMillis(50);

  private static final String VIRTUAL = "virtual";

  // A signal of its own, for the reason that the CPU recorder has one.
  private static final String EVENT =
      AsyncLibrary.onLinux() ? "event=wall,signal=41" : "event=wall";

  private final @Nullable AsyncLibrary library;

  /**
   * Records nothing yet.
   *
   * @param library null for none
   */
  WallRecorder(@Nullable AsyncLibrary library) {
    this.library = library;
  }

  /**
   * Records until the end.
   *
   * @return samples and nanoseconds; empty if nobody wants them
   * @throws IOException where it cannot be recorded; nothing runs on then
   */
  Map<Sample, long[]> record(Path folder, End end) throws IOException, InterruptedException {
    Path file = folder.resolve("wall.jfr");
    Map<Sample, long[]> samples = new HashMap<>();
    AsyncLibrary started = start(file);
    try {
      try {
        watch(folder.resolve("wall-threads.txt"), started == null, end, samples);
      } finally {
        if (started != null) {
          started.execute("stop");
        }
      }
      if (!end.isWanted()) {
        return Map.of();
      }
      if (started != null) {
        read(file, samples);
      }
      return samples;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private @Nullable AsyncLibrary start(Path file) {
    if (library == null) {
      return null;
    }
    try {
      library.execute(
          "start,%s,interval=%d,jstackdepth=256,memlimit=64m,jfr,file=%s"
              .formatted(EVENT, PERIOD.toNanos(), file));
      return library;
    } catch (IOException _) {
      return null; // it may refuse although it has loaded
    }
  }

  private static void watch(Path file, boolean all, End end, Map<Sample, long[]> samples)
      throws IOException, InterruptedException {
    ThreadWatch watch = new ThreadWatch(thread -> all || waitsVirtually(thread));
    boolean ended;
    do {
      watch.look(file, (thread, nanos) -> add(samples, thread, nanos));
      ended = end.await(watch.pause());
    } while (!ended);
    watch.look(file, (thread, nanos) -> add(samples, thread, nanos));
  }

  private static void add(Map<Sample, long[]> samples, DumpedThread thread, long nanos) {
    if (nanos > 0) {
      String label = thread.isVirtual() ? VIRTUAL : "";
      CpuRecorder.add(samples, new Sample(thread.stack(), label), nanos);
    }
  }

  /** One that runs is seen as the thread that carries it. */
  private static boolean waitsVirtually(DumpedThread thread) {
    return thread.isVirtual() && thread.state() != Thread.State.RUNNABLE;
  }

  private static void read(Path file, Map<Sample, long[]> samples) throws IOException {
    RecordedStacks stacks = new RecordedStacks();
    stacks.read(
        file,
        event -> {
          if (event.getEventType().getName().equals("profiler.WallClockSample")) {
            Sample sample = new Sample(stacks.stack(event), stacks.thread(event, "sampledThread"));
            int count = event.getInt("samples");
            long[] values = samples.computeIfAbsent(sample, s -> new long[2]);
            values[0] += count;
            values[1] += count * PERIOD.toNanos();
          }
        });
  }
}
