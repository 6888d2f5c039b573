package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time by async-profiler: a timer for each thread (ctimer), threads of the JVM and native
 * frames too. Where there is no such timer (macOS), one for the process.
 */
final class AsyncCpuRecorder implements CpuRecorder {
  // Its handler stays when a session ends. With the usual SIGPROF, the JDK's CPU-time sampling
  // would
  // refuse to start in this JVM from then on, so on Linux a real-time signal is taken.
  private static final String EVENT =
      AsyncLibrary.onLinux() ? "event=ctimer,signal=40" : "event=itimer";

  private final AsyncLibrary library;

  AsyncCpuRecorder(AsyncLibrary library) {
    this.library = library;
  }

  @Override
  public String engine() {
    return "async-profiler";
  }

  @Override
  public Map<Sample, long[]> record(Path folder, End end) throws IOException, InterruptedException {
    Path file = folder.resolve("cpu.jfr");
    try {
      start(file);
    } catch (IOException _) {
      return JdkCpuRecorder.best().record(folder, end); // it may refuse although it has loaded
    }
    try {
      boolean wanted;
      try {
        wanted = end.await();
      } finally {
        library.execute("stop");
      }
      return wanted ? samples(file) : Map.of();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void start(Path file) throws IOException {
    library.execute(
        "start,%s,interval=%d,jstackdepth=256,memlimit=64m,jfr,file=%s"
            .formatted(EVENT, PERIOD.toNanos(), file));
  }

  private static Map<Sample, long[]> samples(Path file) throws IOException {
    Map<Sample, long[]> samples = new HashMap<>();
    RecordedStacks stacks = new RecordedStacks();
    stacks.read(
        file,
        event -> {
          if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
            String thread = stacks.thread(event, "sampledThread");
            CpuRecorder.add(samples, new Sample(stacks.stack(event), thread), PERIOD.toNanos());
          }
        });
    return samples;
  }
}
