package dev.tenfold.toolkit.pool;

import java.lang.System.Logger.Level;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds objects that were taken and never returned, and tells where they were taken. */
final class Leaks<T> {

  private static final int LOGGED_PLACES = 100;

  /** Has the slots whose objects the collector took. */
  final ReferenceQueue<T> collected = new ReferenceQueue<>();

  private final String pool;
  private final int oneIn;
  private final @Nullable Consumer<? super Throwable> listener;
  private final Set<List<StackTraceElement>> logged = ConcurrentHashMap.newKeySet();

  /** Keeps the place of one taking in so many; of none if that is 0. */
  Leaks(String pool, int oneIn, @Nullable Consumer<? super Throwable> listener) {
    this.pool = pool;
    this.oneIn = oneIn;
    this.listener = listener;
  }

  /** The place of a taking, for which this is called, if it is to be kept. */
  @Nullable Throwable place() {
    if (oneIn == 0 || (oneIn > 1 && ThreadLocalRandom.current().nextInt(oneIn) != 0)) {
      return null;
    }
    return new Place(Thread.currentThread().getName());
  }

  /** A slot whose object was taken and is gone, or null. */
  @SuppressWarnings("unchecked") // only slots are registered with the queue
  @Nullable Slot<T> next() {
    return (Slot<T>) collected.poll();
  }

  /** Tells of a leak whose place is known. */
  void report(Throwable place) {
    if (logged.size() < LOGGED_PLACES && logged.add(List.of(place.getStackTrace()))) {
      Log.log(Level.WARNING, pool, "an object was taken and never returned", place);
    }
    if (listener == null) {
      return;
    }
    try {
      listener.accept(place);
    } catch (Throwable thrown) { // whoever asks the pool for an object is not to suffer from it
      Log.log(Level.ERROR, pool, "the listener for leaks failed", thrown);
    }
  }

  /** Carries the stack of a taking. */
  private static final class Place extends Throwable {
    Place(String thread) {
      super("taken here, by thread " + thread);
    }
  }
}
