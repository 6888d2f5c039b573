package dev.tenfold.toolkit.profiling;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Samples allocations by async-profiler as long as it is open. Confined to one thread.
 *
 * <p>Samples go to a file (about 22 bytes each), which is read and begun anew when the heap is
 * asked for, or when it has grown to {@link #MOST_FILE_BYTES}. Between two sessions of
 * async-profiler is a gap of about a millisecond. Who asks for allocations only reads what has come
 * since, and ends no session.
 */
final class HeapSampler {
  static final long MOST_FILE_BYTES = 32L << 20;

  private final Path folder;
  private final long sampleBytes;
  private final InstantSource clock;
  private final AsyncLibrary library;
  private final HeapHistory history;
  private Path file;
  private FinishedChunks chunks;
  private int sessions;

  private HeapSampler(Path folder, long sampleBytes, InstantSource clock) throws IOException {
    this.folder = folder;
    this.sampleBytes = sampleBytes;
    this.clock = clock;
    history = new HeapHistory(sampleBytes);
    library = AsyncLibrary.of(AsyncLibrary.Use.HEAP, folder);
    file = begin();
    chunks = new FinishedChunks(file);
  }

  /**
   * Starts to sample.
   *
   * @throws IOException where async-profiler does not load, or another sampler is open in this JVM
   */
  static HeapSampler start(Path folder, long sampleBytes, InstantSource clock) throws IOException {
    return new HeapSampler(folder, sampleBytes, clock);
  }

  /** Collects the whole heap first, so that what is in use is what is reachable. */
  Profile snapshot() throws IOException {
    var liveBytes = ClassHistogram.afterCollection();
    nextSession(live -> true);
    history.endSession(liveBytes);
    return Profile.heap(clock.instant(), sampleBytes, history.samples());
  }

  /**
   * The same with what was allocated until now. Nothing is collected for it, and the session goes
   * on: so what is in use is what the last {@link #snapshot} found.
   */
  Profile allocations() throws IOException {
    library.execute("dump,jfr"); // finishes a chunk of the file
    read(live -> false);
    return Profile.allocations(clock.instant(), sampleBytes, history.samples());
  }

  /** Reads the file and begins another where it has become large. Collects nothing for that. */
  void limitFile() throws IOException {
    if (Files.size(file) < MOST_FILE_BYTES) {
      return;
    }
    // What was allocated after the last collection may be garbage: of that nothing is carried over.
    Instant collection = lastCollection();
    nextSession(live -> live.getInstant("allocationTime").isBefore(collection));
    history.endSession();
  }

  void stop() throws IOException {
    library.execute("stop");
    Files.deleteIfExists(file);
  }

  private Path begin() throws IOException {
    Path next = folder.resolve("heap-" + sessions++ + ".jfr");
    library.execute(
        "start,event=alloc,alloc=%d,live,jstackdepth=128,memlimit=32m,jfr,file=%s"
            .formatted(sampleBytes, next));
    return next;
  }

  private void nextSession(Predicate<RecordedEvent> isInUse) throws IOException {
    Path last = file;
    library.execute("stop");
    Path next = begin();
    try {
      read(isInUse);
    } finally {
      file = next;
      chunks = new FinishedChunks(next);
      Files.deleteIfExists(last);
    }
  }

  /** Reads what has come to the file since the last time. */
  private void read(Predicate<RecordedEvent> isInUse) throws IOException {
    Path copy = folder.resolve("heap-new.jfr");
    try {
      if (chunks.copyNew(copy)) {
        read(copy, isInUse);
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void read(Path from, Predicate<RecordedEvent> isInUse) throws IOException {
    RecordedStacks stacks = new RecordedStacks();
    stacks.read(
        from,
        event -> {
          switch (event.getEventType().getName()) {
            case "jdk.ObjectAllocationInNewTLAB", "jdk.ObjectAllocationOutsideTLAB" ->
                history.allocated(sample(stacks, event), event.getLong("allocationSize"));
            case "profiler.LiveObject" -> {
              if (isInUse.test(event)) {
                history.live(sample(stacks, event), event.getLong("allocationSize"));
              }
            }
            default -> {} // settings, and what the recorder says of itself
          }
        });
  }

  private static Sample sample(RecordedStacks stacks, RecordedEvent event) {
    return new Sample(stacks.stack(event), event.getClass("objectClass").getName());
  }

  private static Instant lastCollection() {
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    long end = 0;
    for (var collector : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
      GcInfo info = collector.getLastGcInfo();
      end = info == null ? end : Math.max(end, info.getEndTime());
    }
    return Instant.ofEpochMilli(start + end);
  }
}
