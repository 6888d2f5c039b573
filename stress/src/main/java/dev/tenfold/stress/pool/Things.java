package dev.tenfold.stress.pool;

import dev.tenfold.toolkit.pool.Lease;
import dev.tenfold.toolkit.pool.ObjectPool;
import dev.tenfold.toolkit.pool.ObjectPoolBuilder;
import java.util.concurrent.atomic.AtomicInteger;

/** The things of a pool, numbered from 1 in the order in which they are made. */
final class Things {
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger discarded = new AtomicInteger();

  /** A thing, in which its owner can write. */
  static final class Thing {
    final int number;
    int written;

    private Thing(int number) {
      this.number = number;
    }
  }

  /** A pool of them, to be finished. */
  ObjectPoolBuilder<Thing> pool() {
    return ObjectPool.builder(() -> new Thing(made.incrementAndGet()))
        .onDiscard(thing -> discarded.incrementAndGet());
  }

  /** How many a pool let go. */
  int discarded() {
    return discarded.get();
  }

  /** The same pool, with so many idle things: 1 on top, then 2, and so on. */
  static ObjectPool<Thing> filled(ObjectPool<Thing> pool, int count) {
    Thing[] things = new Thing[count];
    for (int i = 0; i < count; i++) {
      things[i] = pool.get();
    }
    for (int i = count - 1; i >= 0; i--) {
      pool.put(things[i]);
    }
    return pool;
  }

  /** Whether a return was accepted. */
  static boolean returned(ObjectPool<Thing> pool, Thing thing) {
    try {
      pool.put(thing);
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  /** Whether a close was accepted. */
  static boolean closed(Lease<Thing> lease) {
    try {
      lease.close();
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }
}
