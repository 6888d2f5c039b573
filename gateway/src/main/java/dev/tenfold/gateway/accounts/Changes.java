package dev.tenfold.gateway.accounts;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What changed in the database, and whether all changes are heard of. Thread-safe.
 *
 * <p>A change made here is announced after its commit and before the caller hears of it. Over
 * PostgreSQL, those of other gateways are announced by {@link ChangeListener}; it also says when it
 * last was certain to have heard all. What was read is good while that is less than {@link
 * #SILENCE_NANOS} ago and no connection was lost since: after a loss, a new era begins.
 */
final class Changes {
  /** How long nothing may be heard before what is remembered is doubted. */
  static final long SILENCE_NANOS = 1_000_000_000;

  /** How long what was read may be used although nothing is heard. */
  static final long NEW_NANOS = 250_000_000;

  /**
   * What changed.
   *
   * @param users users of these ids, or keys of theirs
   * @param keys keys of these ids
   * @param all true if it can be anything
   */
  record Change(Set<String> users, Set<String> keys, boolean all) {
    static Change ofUser(String id) {
      return new Change(Set.of(id), Set.of(), false);
    }

    static Change ofKey(String id) {
      return new Change(Set.of(), Set.of(id), false);
    }

    static Change ofAll() {
      return new Change(Set.of(), Set.of(), true);
    }
  }

  private final LongSupplier nanos;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong era = new AtomicLong();
  private volatile boolean onlyOurs;
  private volatile boolean connected;
  private volatile long heardAt;

  Changes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** From now on these are told of each change, on the thread that announces it. */
  void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  void announce(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  /** There is no other gateway: all changes are announced here. */
  void areOnlyOurs() {
    onlyOurs = true;
  }

  /** From a moment on all changes are heard again; what was read before may have changed. */
  void connectedAt(long moment) {
    heardAt = moment;
    era.incrementAndGet();
    connected = true;
  }

  /** All that was committed before a moment has been announced. */
  void heardAllUntil(long moment) {
    heardAt = moment;
  }

  /** True if all that was committed before a moment has been announced. */
  boolean areHeardUntil(long moment) {
    return onlyOurs || (connected && heardAt - moment >= 0);
  }

  /** Changes are no longer heard. */
  void lost() {
    connected = false;
  }

  /**
   * True if what was read then, and was not announced as changed since, is good: all changes since
   * were heard of, or it is so new that another gateway's may not have been. Takes no lock.
   *
   * @param era the {@link #era} before it was read
   * @param at {@link #now} before it was read
   */
  boolean isGood(long era, long at) {
    if (onlyOurs) {
      return true;
    }
    long now = nanos.getAsLong();
    boolean heard = connected && now - heardAt < SILENCE_NANOS;
    return (heard && era == this.era.get()) || now - at < NEW_NANOS;
  }

  long now() {
    return nanos.getAsLong();
  }

  /** Rises when changes may have been missed. */
  long era() {
    return era.get();
  }
}
