package dev.tenfold.toolkit.pool;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The idle slots: several stacks, so that threads seldom meet at one. Lock-free, and safe for any
 * number of threads; a push or pop allocates nothing.
 *
 * <p>1. <b>A stack</b> is the one of R. K. Treiber (Systems Programming: Coping with Parallelism,
 * IBM, 1986): a linked list whose head is replaced by compare-and-set. The links are ids, not
 * references, and a head is the id of the topmost slot (28 bits) with the number of times that this
 * head was replaced (36 bits). So a thread that read a head, and fell asleep while the same slot
 * was popped and pushed again with another one beneath it, does not replace that head: the number
 * differs. It would have to sleep through a multiple of 2^36 changes of one head exactly.
 *
 * <p>2. <b>{@code next} and {@code depth}</b> of a slot are written by its owner, before the push
 * that publishes it. Who pops may read those of a slot that is no longer on top, or of another one
 * that has been given the id meanwhile; then the head has changed too, and what was read is thrown
 * away.
 *
 * <p>3. <b>The bound</b> of a stack is exact: {@code depth} of its topmost slot is its size. A push
 * that finds its stack full tries the others; only if all were full it says no. A pop that finds
 * its stack empty tries the others; it looks at one after the other, so it can miss a slot that is
 * pushed behind it.
 *
 * <p>4. <b>The low mark</b> of a stack is its smallest size since the last trim: so many slots were
 * not needed by anybody. It is written without care for races, since it is only advice: too high a
 * mark trims a slot too many, and the next who needs it makes one.
 *
 * <p>5. <b>Which stack</b> a thread begins with depends on its id. There is no state for each
 * thread, of which there may be very many.
 */
final class IdleStacks<T> {

  private static final int ID_MASK = (1 << Registry.ID_BITS) - 1;
  private static final long ONE_CHANGE = 1L << Registry.ID_BITS;
  private static final int STRIDE = 16; // longs: two cache lines, since processors fetch pairs
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio

  private final Registry<T> registry;
  private final int capacity;
  private final int mask;
  private final int bits;

  /** For each stack its head, its low mark, and air, so that stacks share no cache line. */
  private final AtomicLongArray words;

  /** So many stacks, a power of two, that hold so many slots together. */
  IdleStacks(Registry<T> registry, int capacity, int stacks) {
    this.registry = registry;
    this.capacity = capacity;
    mask = stacks - 1;
    bits = Integer.numberOfTrailingZeros(stacks);
    words = new AtomicLongArray((stacks + 1) * STRIDE);
  }

  /** An idle slot, which belongs to the caller then; null if there was none on any stack. */
  @Nullable Slot<T> pop() {
    int first = first();
    for (int i = 0; i <= mask; i++) {
      Slot<T> slot = popFrom((first + i) & mask);
      if (slot != null) {
        return slot;
      }
    }
    return null;
  }

  /** Puts a slot of the caller's on a stack; or says no, if all are full. */
  boolean push(Slot<T> slot) {
    int first = first();
    for (int i = 0; i <= mask; i++) {
      if (pushTo((first + i) & mask, slot)) {
        return true;
      }
    }
    return false;
  }

  /** How many stacks there are. */
  int stacks() {
    return mask + 1;
  }

  /** How many slots of a stack were not needed since the last time; and begins to count anew. */
  int unneeded(int stack) {
    int lowMark = word(stack) + 1;
    int unneeded = (int) words.getOpaque(lowMark);
    words.setOpaque(lowMark, size(stack));
    return unneeded;
  }

  @Nullable Slot<T> popFrom(int stack) {
    int word = word(stack);
    while (true) {
      long head = words.getAcquire(word);
      int id = (int) head & ID_MASK;
      if (id == 0) {
        return null;
      }
      Slot<T> slot = registry.withId(id);
      if (slot != null && words.compareAndSet(word, head, changed(head, slot.next))) {
        lower(word + 1, slot.depth - 1);
        return slot;
      }
    }
  }

  private boolean pushTo(int stack, Slot<T> slot) {
    int word = word(stack);
    while (true) {
      long head = words.getAcquire(word);
      int depth = depth(head);
      if (depth >= room(stack)) {
        if (words.getAcquire(word) == head) {
          return false;
        }
      } else if (depth >= 0) {
        slot.next = (int) head & ID_MASK;
        slot.depth = depth + 1;
        if (words.compareAndSet(word, head, changed(head, slot.id))) {
          return true;
        }
      }
    }
  }

  private int size(int stack) {
    return Math.max(0, depth(words.getAcquire(word(stack))));
  }

  /** The size of a stack with this head; anything if that is not its head any more. */
  private int depth(long head) {
    int id = (int) head & ID_MASK;
    if (id == 0) {
      return 0;
    }
    Slot<T> slot = registry.withId(id);
    return slot == null ? -1 : slot.depth;
  }

  private void lower(int lowMark, int depth) {
    if (depth < words.getOpaque(lowMark)) {
      words.setOpaque(lowMark, depth);
    }
  }

  private static long changed(long head, int id) {
    return (head & ~ID_MASK) + ONE_CHANGE + id;
  }

  /** How many slots a stack holds; the first ones have one more if it does not come out even. */
  private int room(int stack) {
    return (capacity + mask - stack) >> bits;
  }

  private static int word(int stack) {
    return (stack + 1) * STRIDE;
  }

  /** The topmost bits of the product, which spread even ids that follow each other. */
  private int first() {
    return (int) ((Thread.currentThread().threadId() * GOLDEN) >>> -bits) & mask;
  }
}
