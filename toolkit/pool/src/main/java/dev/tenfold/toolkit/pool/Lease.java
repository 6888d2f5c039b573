package dev.tenfold.toolkit.pool;

/**
 * An object that was taken from a pool, with the duty to return it; for try-with-resources.
 *
 * <p>A lease is for one taking, and is never used again. So a second close is refused however late
 * it comes, also when the object has long been given to somebody else, who is not disturbed.
 *
 * <p><b>Threads.</b> A lease may be handed from one thread to another. If several threads end it,
 * one does, and the others are refused.
 *
 * <p><b>Cost.</b> A small object, which the compiler can often do without where the lease does not
 * leave the method.
 */
public final class Lease<T> implements AutoCloseable {

  private final ObjectPool<T> pool;
  private final Slot<T> slot;
  private final T object;
  private final long taking;
  private boolean discarded;

  Lease(ObjectPool<T> pool, Slot<T> slot, T object, long taking) {
    this.pool = pool;
    this.slot = slot;
    this.object = object;
    this.taking = taking;
  }

  /**
   * The object. It must not be used after the end of the lease, which the pool cannot see.
   *
   * @throws IllegalStateException if the lease has ended
   */
  public T get() {
    if (slot.state() != taking) {
      throw new IllegalStateException("this lease has ended already");
    }
    return object;
  }

  /**
   * Returns the object, as {@link ObjectPool#put} does. After {@link #discard} it does nothing, so
   * that a lease can be discarded within its try-with-resources statement.
   *
   * @throws IllegalStateException if the lease was closed before; nothing changes
   */
  @Override
  public void close() {
    if (!discarded) {
      end();
      pool.takeBack(slot, object);
    }
  }

  /**
   * Ends the lease, and the pool lets the object go, as {@link ObjectPool#discard} does.
   *
   * @throws IllegalStateException if the lease has ended; nothing changes
   */
  public void discard() {
    end();
    discarded = true;
    pool.letGo(slot, object);
  }

  private void end() {
    if (!slot.endLease(taking)) {
      throw pool.badReturn("this lease has ended already");
    }
  }
}
