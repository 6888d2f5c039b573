package dev.tenfold.toolkit.profiling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TraceTest {
  private static final String SECRET = "s3cret-0f-this-test";

  @TempDir Path folder;

  /** An event that is not the JDK's. */
  @SuppressWarnings("unused") // read by the recorder
  private static final class Own extends Event {
    String text = SECRET;
  }

  @Test
  void aTraceIsAFileOfTheJdksRecorder() throws Exception {
    try (Profiling profiling = Profilings.open(true)) {
      ProfilingResponse trace = Profilings.get(profiling, "trace", "");
      assertThat(trace.status()).isEqualTo(200);
      assertThat(trace.headers())
          .containsEntry("Content-Type", "application/octet-stream")
          .containsEntry("Content-Disposition", "attachment; filename=\"trace.jfr\"");
      assertThat(names(trace.body()))
          .contains("jdk.ActiveSetting", "jdk.CPUInformation", "jdk.GCConfiguration");
    }
  }

  @Test
  void noSecretIsInItNotEvenOneThatAnotherRecordingHas() throws Exception {
    try (Recording other = new Recording();
        Profiling profiling = Profilings.open(true)) {
      TraceRecorder.MAY_HOLD_SECRETS.forEach(other::enable);
      other.enable("jdk.SystemProcess").with("period", "endChunk");
      other.start();
      var answer = profiling.respond(Profiling.PATH + "trace", "seconds=1");
      Profilings.awaitThread("tenfold-profiling-trace", Thread.State.TIMED_WAITING);
      new Own().commit();
      new IllegalStateException(SECRET).fillInStackTrace();
      new ProcessBuilder("true", SECRET).start().waitFor();

      byte[] trace = answer.get().body();
      other.stop();
      Path whole = folder.resolve("other.jfr");
      other.dump(whole);
      assertSecretsAreIn(Files.readAllBytes(whole)); // or this test would show nothing
      assertThat(names(trace)).doesNotContainAnyElementsOf(TraceRecorder.MAY_HOLD_SECRETS);
      assertThat(new String(trace, ISO_8859_1))
          .doesNotContain(SECRET, "enable-native-access", System.getenv("PATH"));
    }
  }

  @Test
  void oneIsTakenAtATimeAndClosingEndsIt() throws Exception {
    Profiling profiling = Profilings.open(true);
    var first = profiling.respond(Profiling.PATH + "trace", "seconds=300");
    ProfilingResponse second = Profilings.get(profiling, "trace", "seconds=1");
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.headers()).containsKey("Retry-After");
    first.cancel(true);
    assertThat(Profilings.untilNotBusy(profiling, "trace", "seconds=1").status()).isEqualTo(200);

    var last = profiling.respond(Profiling.PATH + "trace", "seconds=300");
    profiling.close();
    assertThat(last.get().status()).isEqualTo(503);
  }

  private void assertSecretsAreIn(byte[] trace) throws Exception {
    assertThat(names(trace))
        .contains("jdk.InitialSystemProperty", "jdk.JVMInformation", "jdk.ProcessStart");
    assertThat(new String(trace, ISO_8859_1)).contains(SECRET, "enable-native-access");
  }

  private Set<String> names(byte[] trace) throws Exception {
    Set<String> names = new TreeSet<>();
    Path file = Files.write(folder.resolve("read.jfr"), trace);
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      names.add(event.getEventType().getName());
    }
    return names;
  }
}
