package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;

/**
 * CPU time by the JDK's own recorder: {@code jdk.CPUTimeSample} (JEP 509, Linux) where the JDK has
 * it, else {@code jdk.ExecutionSample}, which takes threads that run Java code for threads that use
 * the CPU. Java frames only.
 */
final class JdkCpuRecorder implements CpuRecorder {
  private static final String CPU_TIME = "jdk.CPUTimeSample";
  private static final String EXECUTION = "jdk.ExecutionSample";

  private final String eventName;

  private JdkCpuRecorder(String eventName) {
    this.eventName = eventName;
  }

  /** The best that this JDK has on this system. */
  static JdkCpuRecorder best() {
    boolean cpuTime =
        AsyncLibrary.onLinux()
            && FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .map(EventType::getName)
                .anyMatch(CPU_TIME::equals);
    return cpuTime ? cpuTime() : execution();
  }

  static JdkCpuRecorder cpuTime() {
    return new JdkCpuRecorder(CPU_TIME);
  }

  static JdkCpuRecorder execution() {
    return new JdkCpuRecorder(EXECUTION);
  }

  @Override
  public String engine() {
    return eventName;
  }

  @Override
  public Map<Sample, long[]> record(Path folder, End end) throws IOException, InterruptedException {
    Path file = folder.resolve("cpu-jdk.jfr");
    try (Recording recording = new Recording()) {
      recording.setSettings(settings());
      recording.start();
      if (!end.await()) {
        return Map.of();
      }
      recording.stop();
      recording.dump(file);
      return samples(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Map<String, String> settings() {
    String rate = eventName.equals(CPU_TIME) ? "#throttle" : "#period";
    String period = PERIOD.toMillis() + "ms";
    return Map.of(eventName + "#enabled", "true", eventName + rate, period);
  }

  private Map<Sample, long[]> samples(Path file) throws IOException {
    Map<Sample, long[]> samples = new HashMap<>();
    RecordedStacks stacks = new RecordedStacks();
    stacks.read(
        file,
        event -> {
          if (event.getEventType().getName().equals(eventName)) {
            Sample sample = new Sample(stacks.stack(event), thread(stacks, event));
            CpuRecorder.add(samples, sample, period(event).toNanos());
          }
        });
    return samples;
  }

  private static String thread(RecordedStacks stacks, RecordedEvent event) {
    String member = event.hasField("sampledThread") ? "sampledThread" : "eventThread";
    return stacks.thread(event, member);
  }

  private static Duration period(RecordedEvent event) {
    return event.hasField("samplingPeriod") ? event.getDuration("samplingPeriod") : PERIOD;
  }
}
