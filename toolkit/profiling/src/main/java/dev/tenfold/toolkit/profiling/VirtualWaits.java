package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What virtual threads wait for, by looking at them again and again: the events of the JDK have
 * none of it. Confined to one thread.
 *
 * <p>Each thread that is seen waiting stands for the time since the last look. How many waits there
 * were is estimated from below: as many as there are more at a place than at the last look. Threads
 * that sleep or wait for the network are not parked for an object, and are left out.
 */
final class VirtualWaits {
  /** Is told of waits. */
  interface Listener {
    void waited(Sample sample, boolean forALock, long count, long nanos);
  }

  private record Place(Sample sample, boolean isLock) {}

  private final ThreadWatch watch =
      new ThreadWatch(thread -> thread.isVirtual() && !thread.waitsFor().isEmpty());
  private Map<Place, Long> last = new HashMap<>();

  /** How long to wait for the next look. */
  Duration pause() {
    return watch.pause();
  }

  void look(Path file, Listener listener) throws IOException {
    Map<Place, Long> now = new HashMap<>();
    long[] elapsed = new long[1];
    watch.look(
        file,
        (thread, nanos) -> {
          now.merge(place(thread), 1L, Long::sum);
          elapsed[0] = nanos;
        });
    now.forEach(
        (place, count) -> {
          long more = Math.max(0, count - last.getOrDefault(place, 0L));
          listener.waited(place.sample, place.isLock, more, count * elapsed[0]);
        });
    last = now;
  }

  private static Place place(DumpedThread thread) {
    String waitsFor = thread.waitsFor();
    boolean isLock = thread.state() == Thread.State.BLOCKED || Waits.isLock(waitsFor);
    return new Place(new Sample(Waits.fromTheCall(thread.stack()), waitsFor), isLock);
  }
}
