package dev.tenfold.toolkit.batching;

import java.util.List;

/**
 * Where batches go: a table, a file, a queue.
 *
 * @param <T> what is written
 */
@FunctionalInterface
public interface BatchSink<T> {

  /**
   * Writes a batch, as a whole or not at all: when it throws, the items are written again, alone or
   * with others of the batch, so that a sink that had written some of them would write them twice.
   * May block. Called on the executor of the writer, by as many threads at a time as the writer has
   * {@code concurrency}; interrupted at the deadline of a close.
   *
   * @param batch at least one item, in the order in which they were added; not changed afterwards,
   *     and not to be changed
   * @throws Exception if nothing was written; whether it is tried again is what the writer's {@code
   *     retryable} says of it
   */
  void write(List<T> batch) throws Exception;
}
