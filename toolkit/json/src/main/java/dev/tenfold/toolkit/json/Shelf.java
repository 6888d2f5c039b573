package dev.tenfold.toolkit.json;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few things to be used again, each by one thread at a time. Bounded, without a lock, and without
 * thread-locals: virtual threads come and go, and would each fill one of their own.
 *
 * <p>A thread begins at a place of its own and looks at a few from there on. Where it finds nothing
 * a new one is made; where it finds no room what comes back is left to the collector.
 */
final class Shelf<T> {
  private static final int TRIES = 4;
  private static final int MAX_PLACES = 256;

  /** Places are that many references apart, so that two of them share no cache line. */
  private static final int STRIDE = 16;

  private final Supplier<T> maker;
  private final AtomicReferenceArray<@Nullable T> places;
  private final int mask;

  Shelf(int processors, Supplier<T> maker) {
    this.maker = maker;
    int count = Math.clamp(Integer.highestOneBit(2 * processors - 1) << 1, TRIES, MAX_PLACES);
    this.mask = count - 1;
    this.places = new AtomicReferenceArray<>(count * STRIDE);
  }

  int capacity() {
    return mask + 1;
  }

  T take() {
    int home = home();
    for (int i = 0; i < TRIES; i++) {
      int place = place(home + i);
      if (places.getPlain(place) != null) {
        T taken = places.getAndSet(place, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return maker.get();
  }

  void putBack(T thing) {
    int home = home();
    for (int i = 0; i < TRIES; i++) {
      int place = place(home + i);
      if (places.getPlain(place) == null && places.compareAndSet(place, null, thing)) {
        return;
      }
    }
  }

  private int place(int number) {
    return (number & mask) * STRIDE;
  }

  /** Fibonacci hashing: threads that were made one after the other lie far apart. */
  private static int home() {
    return (int) ((Thread.currentThread().threadId() * 0x9E3779B97F4A7C15L) >>> 48);
  }
}
