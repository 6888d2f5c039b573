package dev.tenfold.toolkit.batching;

/**
 * Is told of items that were not written and will not be.
 *
 * @param <T> what should have been written
 */
@FunctionalInterface
public interface RejectionListener<T> {

  /**
   * An item was given up. Called once for it, on the thread that tried to write it or that closes
   * the writer, and before a flush that waits for the item ends. What is thrown here is logged.
   *
   * @param cause what the last write with this item threw; a {@link
   *     java.util.concurrent.TimeoutException} if the time of {@link BatchWriter#close()} was over
   */
  void rejected(T item, Throwable cause);
}
