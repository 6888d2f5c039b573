package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/**
 * Waits, and who starts threads: from events of the JDK, and by looking at virtual threads. Nothing
 * is recorded until it is asked for, and after a while in which nobody asks nothing is recorded any
 * more, unless it is to be always. Confined to one thread.
 *
 * <p>Events go to files of the JDK's recorder, which are read and begun anew when they are asked
 * for, or when they have grown to 32 MiB. Two recordings overlap then, and each event is taken from
 * one of them by the time of its end.
 */
final class EventRecorder {
  static final Duration UNTIL_IDLE = Duration.ofMinutes(10);
  private static final long MOST_FILE_BYTES = 32L << 20;

  private static final int MOST_SAMPLES = 20_000;
  private static final String MONITOR_ENTER = "jdk.JavaMonitorEnter";
  private static final String MONITOR_WAIT = "jdk.JavaMonitorWait";
  private static final String PARK = "jdk.ThreadPark";
  private static final String THREAD_START = "jdk.ThreadStart";
  private static final Map<Snapshot, List<String>> EVENTS =
      Map.of(
          Snapshot.MUTEX, List.of(MONITOR_ENTER, PARK),
          Snapshot.BLOCK, List.of(MONITOR_ENTER, PARK, MONITOR_WAIT),
          Snapshot.THREADCREATE, List.of(THREAD_START));
  private static final Sample STARTED_BEFORE =
      new Sample(Stack.named("started before the recording"), "");

  private final WorkFolder folder;
  private final Duration threshold;
  private final boolean always;
  private final InstantSource clock;
  private final long mostFileBytes;

  private final Map<Snapshot, Kept> kept = new EnumMap<>(Snapshot.class);
  private VirtualWaits virtual = new VirtualWaits();
  private @Nullable Recording recording;
  private Instant readUntil = Instant.MIN;
  private Instant lastAsked;

  /** What is kept of a kind, and since when: of a wait, the part before is left out. */
  private record Kept(Instant since, Sums sums) {}

  /**
   * Records nothing yet.
   *
   * @param threshold shorter waits are left out
   * @param always whether it goes on when nobody asks
   */
  EventRecorder(WorkFolder folder, Duration threshold, boolean always, InstantSource clock) {
    this(folder, threshold, always, clock, MOST_FILE_BYTES);
  }

  EventRecorder(
      WorkFolder folder,
      Duration threshold,
      boolean always,
      InstantSource clock,
      long mostFileBytes) {
    this.folder = folder;
    this.mostFileBytes = mostFileBytes;
    this.threshold = threshold;
    this.always = always;
    this.clock = clock;
    lastAsked = clock.instant();
  }

  boolean isRecording() {
    return recording != null;
  }

  /** True if it is necessary to {@link #look}. */
  boolean isOfWaits() {
    return kept.containsKey(Snapshot.MUTEX) || kept.containsKey(Snapshot.BLOCK);
  }

  /** All of a kind since its beginning, which is now if it was not recorded. */
  Profile take(Snapshot kind) throws IOException {
    lastAsked = clock.instant();
    boolean begins = begin(kind);
    if (!begins) {
      read();
    }
    if (isOfWaits()) {
      look();
    }
    Kept of = kept(kind);
    String since = begins ? "the recording began with this request" : "since " + of.since;
    return kind == Snapshot.THREADCREATE
        ? Profile.threadCreations(clock.instant(), of.sums.samples(), List.of(since))
        : Profile.waits(
            clock.instant(),
            of.sums.samples(),
            List.of("waits of " + threshold.toNanos() / 1000 + " µs and longer; " + since));
  }

  /** Records it from now on, if it does not yet; true if it did not. */
  boolean begin(Snapshot kind) throws IOException {
    if (kept.containsKey(kind)) {
      return false;
    }
    if (!FlightRecorder.isAvailable()) {
      throw Refusal.notHere("the JDK's recorder is not available in this JVM");
    }
    kept.put(kind, new Kept(Instant.now(), new Sums(MOST_SAMPLES))); // as below, of no clock
    try {
      read(); // what was recorded until now; what follows has the events of this kind too
    } catch (IOException | RuntimeException e) {
      kept.remove(kind);
      throw e;
    }
    if (kind == Snapshot.THREADCREATE) {
      long before = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
      kept(kind).sums.add(STARTED_BEFORE, before);
    }
    return true;
  }

  /** Looks at virtual threads; {@link #pause} says when to do it again. */
  void look() throws IOException {
    virtual.look(folder.path().resolve("threads.txt"), this::addVirtual);
  }

  Duration pause() {
    return virtual.pause();
  }

  /** Reads what has become much, and ends what nobody has asked for lately. */
  void limit() throws IOException {
    if (recording == null) {
      return;
    }
    if (!always && Duration.between(lastAsked, clock.instant()).compareTo(UNTIL_IDLE) > 0) {
      stop();
    } else if (recording.getSize() >= mostFileBytes) {
      read();
    }
  }

  /** Ends the recording, and forgets what was recorded. */
  void stop() {
    if (recording != null) {
      recording.close();
    }
    recording = null;
    kept.clear();
    virtual = new VirtualWaits();
  }

  /** Goes on with another recording, and reads the one before. */
  private void read() throws IOException {
    Recording last = recording;
    Instant from = readUntil;
    recording = start();
    readUntil = Instant.now(); // not of the clock: it is compared with the times of events
    if (last == null) {
      return;
    }
    Path file = folder.path().resolve("events.jfr");
    try (last) {
      last.stop();
      last.dump(file);
      read(file, from, readUntil);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Recording start() {
    Recording next = new Recording();
    next.setName("tenfold-profiling");
    next.setSettings(settings());
    next.start();
    return next;
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    for (Snapshot kind : kept.keySet()) {
      for (String event : EVENTS.getOrDefault(kind, List.of())) {
        settings.put(event + "#enabled", "true");
        settings.put(event + "#stackTrace", "true");
        if (kind != Snapshot.THREADCREATE) { // a start takes no time
          settings.put(event + "#threshold", threshold.toNanos() + " ns");
        }
      }
    }
    return settings;
  }

  private void read(Path file, Instant from, Instant until) throws IOException {
    RecordedStacks stacks = new RecordedStacks(Waits::fromTheCall); // a start has nothing inside
    stacks.read(
        file,
        event -> {
          Instant end = event.getEndTime();
          if (end.isAfter(from) && !end.isAfter(until)) {
            add(stacks, event);
          }
        });
  }

  private void add(RecordedStacks stacks, RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case MONITOR_ENTER ->
          add(stacks, event, true, RecordedStacks.className(event, "monitorClass"));
      case MONITOR_WAIT ->
          add(stacks, event, false, RecordedStacks.className(event, "monitorClass"));
      case PARK -> {
        String parkedFor = RecordedStacks.className(event, "parkedClass");
        add(stacks, event, Waits.isLock(parkedFor), parkedFor);
      }
      case THREAD_START -> {
        Kept starts = kept.get(Snapshot.THREADCREATE);
        if (starts != null) {
          starts.sums.add(new Sample(stacks.stack(event), ""), 1);
        }
      }
      default -> {} // another recording of this JVM has more
    }
  }

  private void add(RecordedStacks stacks, RecordedEvent event, boolean forALock, String object) {
    boolean isLong = event.getDuration().compareTo(threshold) >= 0; // or another recording's
    if (isLong && isOfTheProgram(event.getThread())) {
      Sample sample = new Sample(stacks.stack(event), object);
      forEach(forALock, of -> of.sums.add(sample, 1, nanosSince(of.since, event)));
    }
  }

  private void addVirtual(Sample sample, boolean forALock, long count, long nanos) {
    forEach(forALock, of -> of.sums.add(sample, count, nanos));
  }

  /** All that keep such a wait. */
  private void forEach(boolean forALock, Consumer<Kept> action) {
    kept.forEach(
        (kind, of) -> {
          if (kind == Snapshot.BLOCK || (forALock && kind == Snapshot.MUTEX)) {
            action.accept(of);
          }
        });
  }

  private static long nanosSince(Instant since, RecordedEvent event) {
    Instant start = event.getStartTime();
    Instant from = start.isBefore(since) ? since : start;
    return Math.max(0, Duration.between(from, event.getEndTime()).toNanos());
  }

  private Kept kept(Snapshot kind) {
    Kept of = kept.get(kind);
    if (of == null) {
      throw new IllegalStateException(kind + " is not recorded");
    }
    return of;
  }

  /** Neither one of ours, nor one of the JDK's own, which wait all the time. */
  private static boolean isOfTheProgram(@Nullable RecordedThread thread) {
    if (thread == null) {
      return true;
    }
    var group = thread.getThreadGroup();
    String groupName = group == null ? "" : String.valueOf(group.getName());
    String name = String.valueOf(thread.getJavaName());
    return !WorkThread.isOurs(name)
        && !name.startsWith("JFR ")
        && !groupName.equals("system")
        && !groupName.equals("InnocuousThreadGroup");
  }
}
