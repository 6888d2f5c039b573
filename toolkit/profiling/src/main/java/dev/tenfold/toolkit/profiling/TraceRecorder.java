package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A file of the events of the JDK, as its settings "profile" have them, without those that may hold
 * secrets. They are not enabled here, and those that another recording of this JVM enables are left
 * out when the file is written anew. So are events that are not the JDK's: nobody knows what is in
 * them.
 */
final class TraceRecorder {
  /** More is not kept: the oldest events go. */
  private static final long MOST_BYTES = 64L << 20;

  /** Those with texts that come from outside of the program, or from who throws. */
  static final Set<String> MAY_HOLD_SECRETS =
      Set.of(
          "jdk.Deserialization",
          "jdk.InitialEnvironmentVariable",
          "jdk.InitialSecurityProperty",
          "jdk.InitialSystemProperty",
          "jdk.JVMInformation",
          "jdk.JavaAgent",
          "jdk.JavaErrorThrow",
          "jdk.JavaExceptionThrow",
          "jdk.NativeAgent",
          "jdk.ProcessStart",
          "jdk.SecurityPropertyModification",
          "jdk.SerializationMisdeclaration",
          "jdk.Shutdown",
          "jdk.StringFlag",
          "jdk.StringFlagChanged",
          "jdk.SystemProcess",
          "jdk.ThreadDump",
          "jdk.VirtualThreadSubmitFailed");

  private TraceRecorder() {}

  /**
   * Records until the end.
   *
   * @return the file; empty if nobody wants it
   * @throws IOException where it cannot be recorded; nothing runs on then
   * @throws Refusal where this JVM has no recorder
   */
  static byte[] record(Path folder, End end) throws IOException, InterruptedException {
    if (!FlightRecorder.isAvailable()) {
      throw Refusal.notHere("the JDK's recorder is not available in this JVM");
    }
    Path all = folder.resolve("trace-all.jfr");
    Path clean = folder.resolve("trace.jfr");
    try (Recording recording = new Recording()) {
      recording.setName(WorkThread.NAME + "-trace");
      recording.setSettings(settings());
      recording.setMaxSize(MOST_BYTES);
      recording.start();
      if (!end.await()) {
        return new byte[0];
      }
      recording.stop();
      recording.dump(all);
      try (RecordingFile file = new RecordingFile(all)) {
        file.write(clean, TraceRecorder::isSafe);
      }
      return Files.readAllBytes(clean);
    } finally {
      Files.deleteIfExists(all);
      Files.deleteIfExists(clean);
    }
  }

  private static boolean isSafe(RecordedEvent event) {
    String name = event.getEventType().getName();
    return name.startsWith("jdk.") && !MAY_HOLD_SECRETS.contains(name);
  }

  private static Map<String, String> settings() throws IOException {
    try {
      Map<String, String> settings =
          new HashMap<>(Configuration.getConfiguration("profile").getSettings());
      MAY_HOLD_SECRETS.forEach(name -> settings.put(name + "#enabled", "false"));
      return settings;
    } catch (ParseException e) {
      throw new IOException("the JDK's settings \"profile\" cannot be read", e);
    }
  }
}
