package dev.tenfold.toolkit.profiling;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All threads, platform and virtual ones. The JDK writes them to a file (about a kilobyte each),
 * which is gone when this returns; it stops one thread at a time, never all of them.
 */
final class ThreadDump {
  private static final int MOST_CHARS = 32 << 20;

  private static final Pattern THREAD = Pattern.compile("#\\d+ \".*");
  private static final Pattern END_OF_NAME =
      Pattern.compile(".*\" (virtual )?(NEW|RUNNABLE|BLOCKED|(?:TIMED_)?WAITING|TERMINATED) \\S+");
  private static final Pattern FRAME = Pattern.compile(" +at (.+)\\(([^()]*)\\)");
  private static final Pattern WAITS_FOR =
      Pattern.compile(" +- (?:parking to wait for|waiting to lock|waiting on) <(.+)@[0-9a-f]+>.*");
  private static final Stack NO_FRAMES = Stack.named("no Java frames");

  private final Consumer<DumpedThread> each;
  private final List<Frame> frames = new ArrayList<>();
  private boolean inThread;
  private boolean isVirtual;
  private Thread.State state = Thread.State.RUNNABLE;
  private String waitsFor = "";

  private ThreadDump(Consumer<DumpedThread> each) {
    this.each = each;
  }

  /**
   * Hands each thread over.
   *
   * @param file where it is written for a moment; one dump at a time has it
   */
  static void take(Path file, Consumer<DumpedThread> each) throws IOException {
    try (BufferedReader lines = write(file)) {
      parse(lines, each);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** How many there are with each stack. */
  static Map<Sample, long[]> byStack(Path file) throws IOException {
    Map<Sample, long[]> counts = new HashMap<>();
    take(
        file,
        thread -> counts.computeIfAbsent(new Sample(thread.stack(), ""), s -> new long[1])[0]++);
    return counts;
  }

  /** The whole of it as the JDK writes it, with what may be secret in names masked. */
  static String text(Path file) throws IOException {
    try (BufferedReader lines = write(file)) {
      return text(lines);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  static String text(BufferedReader lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      text.append(line.startsWith("    ") ? line : Secrets.maskedInText(line)).append('\n');
      if (text.length() > MOST_CHARS) {
        return text.append("\nand more: the dump is cut here\n").toString();
      }
    }
    return text.toString();
  }

  static void parse(BufferedReader lines, Consumer<DumpedThread> each) throws IOException {
    ThreadDump dump = new ThreadDump(each);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      dump.line(line);
    }
    dump.endThread();
  }

  private static BufferedReader write(Path file) throws IOException {
    Files.deleteIfExists(file);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
    return Files.newBufferedReader(file);
  }

  private void line(String line) {
    if (THREAD.matcher(line).matches()) {
      endThread();
      inThread = true;
      head(line);
    } else if (inThread && line.startsWith("    ")) {
      inside(line);
    } else if (inThread && frames.isEmpty()) {
      head(line); // a name may have several lines
    }
  }

  private void head(String line) {
    Matcher end = END_OF_NAME.matcher(line);
    if (end.matches()) {
      isVirtual = end.group(1) != null;
      state = Thread.State.valueOf(end.group(2));
    }
  }

  private void inside(String line) {
    Matcher frame = FRAME.matcher(line);
    if (frame.matches()) {
      frames.add(frame(frame.group(1), frame.group(2)));
    } else if (waitsFor.isEmpty()) {
      Matcher waits = WAITS_FOR.matcher(line);
      waitsFor = waits.matches() ? waits.group(1) : "";
    }
  }

  private void endThread() {
    if (inThread) {
      Stack stack = frames.isEmpty() ? NO_FRAMES : new Stack(frames);
      each.accept(new DumpedThread(stack, state, isVirtual, waitsFor));
    }
    frames.clear();
    inThread = false;
    isVirtual = false;
    state = Thread.State.RUNNABLE;
    waitsFor = "";
  }

  private static Frame frame(String method, String place) {
    int colon = place.indexOf(':');
    String file = colon < 0 ? place : place.substring(0, colon);
    int line = colon < 0 ? 0 : Integer.parseInt(place.substring(colon + 1));
    return new Frame(withoutModule(method), file.endsWith(".java") ? file : "", line);
  }

  /** Without the class loader and the module; the slash in a hidden class's name stays. */
  private static String withoutModule(String method) {
    int slash = method.lastIndexOf('/');
    if (slash >= 0 && method.startsWith("0x", slash + 1)) {
      slash = method.lastIndexOf('/', slash - 1);
    }
    return method.substring(slash + 1);
  }
}
