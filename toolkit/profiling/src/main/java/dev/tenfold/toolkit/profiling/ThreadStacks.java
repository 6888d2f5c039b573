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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where all threads are, platform and virtual ones, with a count for each distinct stack. The JDK
 * writes them to a file (about a kilobyte each), which is gone when this returns; it stops one
 * thread at a time, never all of them.
 */
final class ThreadStacks {
  private static final Pattern THREAD = Pattern.compile("#\\d+ \".*");
  private static final Pattern FRAME = Pattern.compile(" +at (.+)\\(([^()]*)\\)");
  private static final Stack NO_FRAMES = Stack.named("no Java frames");

  private final Map<Sample, long[]> counts = new HashMap<>();
  private final List<Frame> frames = new ArrayList<>();
  private boolean inThread;

  private ThreadStacks() {}

  static Map<Sample, long[]> take(Path folder) throws IOException {
    Path file = folder.resolve("threads.txt");
    Files.deleteIfExists(file);
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        return parse(lines);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  static Map<Sample, long[]> parse(BufferedReader lines) throws IOException {
    ThreadStacks stacks = new ThreadStacks();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      stacks.line(line);
    }
    stacks.endThread();
    return stacks.counts;
  }

  private void line(String line) {
    if (THREAD.matcher(line).matches()) {
      endThread();
      inThread = true;
      return;
    }
    Matcher frame = FRAME.matcher(line);
    if (inThread && frame.matches()) {
      frames.add(frame(frame.group(1), frame.group(2)));
    }
  }

  private void endThread() {
    if (inThread) {
      Stack stack = frames.isEmpty() ? NO_FRAMES : new Stack(frames);
      counts.computeIfAbsent(new Sample(stack, ""), s -> new long[1])[0]++;
    }
    frames.clear();
    inThread = false;
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
