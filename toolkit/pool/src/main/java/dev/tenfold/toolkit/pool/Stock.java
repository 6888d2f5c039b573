package dev.tenfold.toolkit.pool;

import dev.tenfold.toolkit.pool.Registry.Census;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The objects of a pool: made, kept while idle, and let go. Safe for any number of threads. */
final class Stock<T> {

  private static final int TAKINGS_BETWEEN_LOOKS = 64; // at the clock, which costs as much as a pop

  private final String name;
  private final @Nullable Consumer<? super T> onDiscard;
  private final @Nullable Bound bound;
  private final long idleNanos;
  private final LongSupplier ticker;
  private final AtomicLong intervalStart;
  private final Registry<T> registry;
  private final IdleStacks<T> idle;
  private final Leaks<T> leaks;

  Stock(ObjectPoolBuilder<T> options, @Nullable Bound bound) {
    this.bound = bound;
    name = options.name;
    onDiscard = options.onDiscard;
    idleNanos = options.idleNanos;
    ticker = options.ticker;
    intervalStart = new AtomicLong(ticker.getAsLong());
    int stacks = options.stacks();
    registry = new Registry<>(Math.min(stacks, Registry.MOST_PARTS));
    idle = new IdleStacks<>(registry, options.idleCapacity(), stacks);
    leaks = new Leaks<>(name, options.trackedOneIn, options.leakListener);
  }

  /**
   * The slot of an idle object or of one that the factory makes, to be handed out at once. Null if
   * the bound forbids that, and an idle one was missed: then there is one, or soon will be.
   */
  @Nullable Slot<T> take(Supplier<? extends T> factory) {
    Slot<T> slot = idle.pop();
    try {
      if (slot == null) {
        slot = bound == null || bound.tryAdd() ? make(factory) : null;
      }
      if (slot != null) {
        if (Slot.takings(slot.state()) % TAKINGS_BETWEEN_LOOKS == 0) {
          trim();
        }
        slot.takenAt = leaks.place();
      }
      return slot;
    } catch (Throwable thrown) { // a clock, or no memory
      if (slot != null) {
        drop(slot, slot.owned());
      }
      throw thrown;
    }
  }

  private Slot<T> make(Supplier<? extends T> factory) {
    try {
      collectLeaks();
      T object = Objects.requireNonNull(factory.get(), "the factory returned null");
      var slot = new Slot<T>(object, leaks.collected);
      if (!registry.add(slot)) {
        slot.clear();
        throw new IllegalStateException(
            "pool %s: the factory returned an object that the pool has already".formatted(name));
      }
      return slot;
    } catch (Throwable thrown) {
      if (bound != null) {
        bound.remove();
      }
      throw thrown;
    }
  }

  /** The slot of an object, or null if it is none of these. */
  @Nullable Slot<T> find(T object) {
    return registry.find(object);
  }

  /** Puts away the object of a taking that was ended; or says no, if there is no room. */
  boolean keep(Slot<T> slot, T object) {
    slot.holdAgain(object);
    return idle.push(slot);
  }

  /** Lets an object go, which is neither in use nor on a stack. */
  void drop(Slot<T> slot, T object) {
    try {
      slot.letGo();
      registry.remove(slot, false);
    } finally {
      Reference.reachabilityFence(object); // else the collector could take it for a leak
    }
    tell(object);
    if (bound != null) {
      bound.remove();
    }
  }

  private void tell(T discarded) {
    if (onDiscard == null) {
      return;
    }
    try {
      onDiscard.accept(discarded);
    } catch (Throwable thrown) { // whoever takes or returns is not to suffer from it
      Log.log(Level.WARNING, name, "an object was not discarded cleanly", thrown);
    }
  }

  void discardIdle() {
    for (Slot<T> slot = idle.pop(); slot != null; slot = idle.pop()) {
      drop(slot, slot.owned());
    }
  }

  /** Ends the interval if it is time, and discards what was idle all through it. */
  int trim() {
    long start = intervalStart.get();
    long now = ticker.getAsLong();
    if (now - start < idleNanos || !intervalStart.compareAndSet(start, now)) {
      return 0;
    }
    int trimmed = 0;
    for (int stack = 0; stack < idle.stacks(); stack++) {
      for (int left = idle.unneeded(stack); left > 0; left--) {
        Slot<T> slot = idle.popFrom(stack);
        if (slot == null) {
          break;
        }
        drop(slot, slot.owned());
        trimmed++;
      }
    }
    return trimmed;
  }

  void collectLeaks() {
    for (Slot<T> slot = leaks.next(); slot != null; slot = leaks.next()) {
      if (!Slot.isOut(slot.state())) {
        continue; // it was returned, to be discarded
      }
      Throwable place = slot.takenAt;
      slot.letGo();
      registry.remove(slot, true);
      if (bound != null) {
        bound.remove();
        bound.leave();
      }
      if (place != null) {
        leaks.report(place);
      }
    }
  }

  Census census() {
    return registry.census();
  }
}
