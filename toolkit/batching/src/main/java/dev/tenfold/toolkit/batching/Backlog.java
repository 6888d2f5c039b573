package dev.tenfold.toolkit.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The items that are in no batch yet, and the room that all items take until they end. Items are
 * numbered as they are added, from 0. Not thread-safe.
 */
final class Backlog<T> {

  private final BatchLimits limits;
  private final ArrayDeque<Entry<T>> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long heldItems; // in the queue, and in batches
  private long heldBytes;
  private long added;
  private long dueBefore;

  Backlog(BatchLimits limits) {
    this.limits = limits;
  }

  boolean hasRoom(long bytes) {
    return heldItems < limits.pendingItems() && heldBytes + bytes <= limits.pendingBytes();
  }

  void add(T item, long bytes, long nowNanos) {
    queue.add(new Entry<>(item, bytes, nowNanos));
    queuedBytes += bytes;
    heldItems++;
    heldBytes += bytes;
    added++;
  }

  /** What is queued now is due, whatever its size and age. */
  void makeDue() {
    dueBefore = added;
  }

  /** Whether a batch is to be written now. */
  boolean isDue(long nowNanos) {
    return !queue.isEmpty()
        && (queue.size() >= limits.batchItems()
            || queuedBytes >= limits.batchBytes()
            || head() < dueBefore
            || nanosToAge(nowNanos) <= 0);
  }

  /** How long the oldest item may still wait. There must be one. */
  long nanosToAge(long nowNanos) {
    return limits.maxAgeNanos() - (nowNanos - queue.getFirst().addedNanos());
  }

  boolean isQueueEmpty() {
    return queue.isEmpty();
  }

  /** The number of the first item that is in no batch. */
  long head() {
    return added - queue.size();
  }

  /** Takes the next batch from the queue: as much as fits into one. It stays in the room. */
  List<Entry<T>> cut() {
    List<Entry<T>> batch = new ArrayList<>(Math.min(queue.size(), limits.batchItems()));
    long left = limits.batchBytes();
    while (!queue.isEmpty()
        && batch.size() < limits.batchItems()
        && queue.getFirst().bytes() <= left) {
      Entry<T> entry = queue.removeFirst();
      left -= entry.bytes();
      queuedBytes -= entry.bytes();
      batch.add(entry);
    }
    return batch;
  }

  /** Items that left the queue by {@link #cut} have ended, and their room is free. */
  void release(List<Entry<T>> ended) {
    heldItems -= ended.size();
    for (Entry<T> entry : ended) {
      heldBytes -= entry.bytes();
    }
  }

  /** Takes all that is queued, and frees its room. */
  List<Entry<T>> drain() {
    List<Entry<T>> rest = List.copyOf(queue);
    queue.clear();
    queuedBytes = 0;
    release(rest);
    return rest;
  }

  long heldItems() {
    return heldItems;
  }

  long heldBytes() {
    return heldBytes;
  }

  long added() {
    return added;
  }
}
