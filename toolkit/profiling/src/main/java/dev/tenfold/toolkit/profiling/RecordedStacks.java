package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Reads a file of events as the JDK and async-profiler both write it. For one file, one thread. */
final class RecordedStacks {
  private static final Stack NO_STACK = Stack.named("no stack");

  // Events share their stacks, which are many times fewer.
  private final IdentityHashMap<RecordedStackTrace, Stack> known = new IdentityHashMap<>();
  private final Map<String, String> maskedNames = new HashMap<>();
  private final UnaryOperator<Stack> form;

  RecordedStacks() {
    this(UnaryOperator.identity());
  }

  /** With stacks of that form. */
  RecordedStacks(UnaryOperator<Stack> form) {
    this.form = form;
  }

  /** Hands each event of the file over, in no particular order. */
  void read(Path file, Consumer<RecordedEvent> each) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        each.accept(recording.readEvent());
      }
    }
  }

  Stack stack(RecordedEvent event) {
    RecordedStackTrace trace = event.getStackTrace();
    return trace == null ? NO_STACK : known.computeIfAbsent(trace, t -> form.apply(stack(t)));
  }

  /** The name of the thread in this member of the event, secrets masked; or empty. */
  String thread(RecordedEvent event, String member) {
    RecordedThread thread = event.getThread(member);
    if (thread == null) {
      return "";
    }
    String name = thread.getJavaName();
    name = name == null || name.isEmpty() ? thread.getOSName() : name;
    return name == null ? "" : maskedNames.computeIfAbsent(name, Secrets::maskedInText);
  }

  /** The name of the class in this member of the event, or empty. */
  static String className(RecordedEvent event, String member) {
    RecordedClass type = event.getClass(member);
    return type == null ? "" : String.valueOf(type.getName());
  }

  private static Stack stack(RecordedStackTrace trace) {
    List<Frame> frames = new ArrayList<>();
    for (RecordedFrame frame : trace.getFrames()) {
      frames.add(frame(frame));
    }
    return frames.isEmpty() ? NO_STACK : new Stack(frames);
  }

  private static Frame frame(RecordedFrame frame) {
    @Nullable RecordedMethod method = frame.getMethod();
    if (method == null) {
      return new Frame("(unknown)", "", 0);
    }
    @Nullable RecordedClass type = method.getType();
    String owner = type == null ? "" : String.valueOf(type.getName());
    String function = owner.isEmpty() ? method.getName() : owner + "." + method.getName();
    String file = frame.isJavaFrame() ? sourceFile(owner) : "";
    return new Frame(function, file, Math.max(0, frame.getLineNumber()));
  }

  /** By convention; neither recorder says it. */
  private static String sourceFile(String type) {
    int hidden = type.indexOf("$$");
    String named = hidden < 0 ? type : type.substring(0, hidden);
    int dollar = named.indexOf('$', named.lastIndexOf('.') + 2);
    String outer = dollar < 0 ? named : named.substring(0, dollar);
    return outer.isEmpty() ? "" : outer.replace('.', '/') + ".java";
  }
}
