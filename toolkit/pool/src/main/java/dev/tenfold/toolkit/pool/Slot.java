package dev.tenfold.toolkit.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What a pool knows of one of its objects, from its making until the pool lets it go.
 *
 * <p>The object is held strongly while it is idle, and weakly while somebody has it: one that is
 * never returned is collected, and the collector says so through the queue.
 *
 * <p>{@code state} is how often the object was taken, and in its two lowest bits what it is now. It
 * says IDLE from the moment in which a return is accepted; so exactly one of several returns wins,
 * and whoever returned it owns the slot until it is on a stack. Whoever took it from a stack owns
 * it until it is handed out. The other fields belong to the owner, except those of a stack, which
 * {@link IdleStacks} explains.
 */
final class Slot<T> extends WeakReference<T> {

  static final int IDLE = 0;

  /** By {@code get}: ends by {@code put} with the object. */
  static final int TAKEN = 1;

  /** By {@code lease}: ends by that lease. */
  static final int LEASED = 2;

  /** The pool has let it go. */
  static final int GONE = 3;

  private static final int KIND = 3;
  private static final int TAKING = 4;
  private static final int SPREAD = 0x9E3779B9; // 2^32 / golden ratio
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Slot.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final int hash;

  /** Its place in the registry, from 1; set once, before anybody else sees the slot. */
  int id;

  /** The id of the slot beneath it on its stack, or 0. */
  int next;

  /** How many there are on its stack up to this one. */
  int depth;

  /** Where it was taken, if that is tracked. */
  @Nullable Throwable takenAt;

  private volatile long state;
  private @Nullable T held;

  Slot(T object, ReferenceQueue<? super T> collected) {
    super(object, collected);
    hash = hash(object);
    held = object;
  }

  /** A slot of no object. */
  private Slot() {
    super(null);
    hash = 0;
    state = GONE;
  }

  static <T> Slot<T> tombstone() {
    return new Slot<>();
  }

  /** Of an object's identity, with all bits mixed. */
  static int hash(Object object) {
    return System.identityHashCode(object) * SPREAD;
  }

  static boolean isOut(long state) {
    return kind(state) == TAKEN || kind(state) == LEASED;
  }

  static int kind(long state) {
    return (int) state & KIND;
  }

  static long takings(long state) {
    return state >>> 2;
  }

  long state() {
    return state;
  }

  /** The owner gives the object away; the pool holds it only weakly from now on. */
  T handOut(int kind) {
    T object = owned();
    held = null;
    STATE.setRelease(this, (state & ~KIND) + TAKING + kind);
    return object;
  }

  /** The object of an idle slot, for its owner. */
  T owned() {
    T object = held;
    if (object == null) {
      throw new AssertionError("a slot that is not idle was used as if it were");
    }
    return object;
  }

  /** Ends a taking by {@code get}, or says no: it is not taken, or somebody else was faster. */
  boolean endTaking() {
    long now = state;
    return kind(now) == TAKEN && STATE.compareAndSet(this, now, now - TAKEN);
  }

  /** Ends exactly the taking that a lease is of, or says no. */
  boolean endLease(long taking) {
    return STATE.compareAndSet(this, taking, taking - LEASED);
  }

  /** Whoever ended the taking gives the object back to the slot. */
  void holdAgain(T object) {
    takenAt = null;
    held = object;
  }

  /** The owner lets it go: the collector does not tell of it, and no return is accepted. */
  void letGo() {
    clear();
    held = null;
    takenAt = null;
    STATE.setVolatile(this, state | GONE);
  }
}
