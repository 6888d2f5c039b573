package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/**
 * Looks at threads again and again, with pauses that keep it below a fiftieth of one processor.
 * Confined to one thread.
 */
final class ThreadWatch {
  private static final int PAUSE_TO_WORK = 50;
  private static final Duration LEAST_PAUSE = Duration.ofMillis(100);
  private static final Duration PAUSE_WITHOUT_ANY = Duration.ofSeconds(1);

  private final Predicate<DumpedThread> isOfInterest;
  private final LongSupplier nanoTime;
  private Duration pause = LEAST_PAUSE;
  private long lastNanos;
  private boolean hasLooked;
  private boolean hasSeenOne;

  /** Looks at those only. */
  ThreadWatch(Predicate<DumpedThread> isOfInterest) {
    this(isOfInterest, System::nanoTime);
  }

  ThreadWatch(Predicate<DumpedThread> isOfInterest, LongSupplier nanoTime) {
    this.isOfInterest = isOfInterest;
    this.nanoTime = nanoTime;
  }

  /** How long to wait for the next look; a second at least where none was of interest. */
  Duration pause() {
    return pause;
  }

  /**
   * Looks.
   *
   * @param file where threads are written for a moment
   * @param each is given each thread of interest, and the time that it stands for: since the last
   *     look, in nanoseconds; 0 the first time
   */
  void look(Path file, ObjLongConsumer<DumpedThread> each) throws IOException {
    long now = nanoTime.getAsLong();
    long nanos = hasLooked ? now - lastNanos : 0;
    hasLooked = true;
    lastNanos = now;
    hasSeenOne = false;
    ThreadDump.take(
        file,
        thread -> {
          if (isOfInterest.test(thread)) {
            hasSeenOne = true;
            each.accept(thread, nanos);
          }
        });
    Duration rest = Duration.ofNanos((nanoTime.getAsLong() - now) * PAUSE_TO_WORK);
    Duration least = hasSeenOne ? LEAST_PAUSE : PAUSE_WITHOUT_ANY;
    pause = rest.compareTo(least) > 0 ? rest : least;
  }
}
