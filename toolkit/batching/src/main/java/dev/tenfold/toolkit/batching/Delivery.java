package dev.tenfold.toolkit.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way: the parts of it that are still to be written, in order, and who is at it. A
 * batch begins as one part. A part that fails for good is split in two, until the fault is in a
 * part of one item: a poison item among n costs at most 2 log2 n writes more, half of which fail.
 * Not thread-safe.
 */
final class Delivery<T> {

  private record Part(int from, int to) {
    int size() {
      return to - from;
    }
  }

  private final List<Entry<T>> entries;
  private final List<T> items;
  private final long firstNumber;
  private final ArrayDeque<Part> parts = new ArrayDeque<>();
  private int settledTo;

  /** How often the first part was tried in vain. */
  int failedTries;

  /** How often the executor refused it since it last took it. */
  int refusals;

  /** The run that the executor has accepted, or is asked to accept. */
  @Nullable Object expectedRun;

  /** The thread that works on it, if any, and whether it is in the sink. */
  @Nullable Thread runner;

  boolean inSink;

  /** Handed back by a close: whatever becomes of it does not count any more. */
  boolean abandoned;

  /** Cancels the timer that will take it up again. */
  Runnable timer = () -> {};

  Delivery(long firstNumber, List<Entry<T>> entries) {
    this.firstNumber = firstNumber;
    this.entries = entries;
    List<T> copy = new ArrayList<>(entries.size());
    entries.forEach(entry -> copy.add(entry.item()));
    items = Collections.unmodifiableList(copy);
    parts.add(new Part(0, items.size()));
  }

  /** The items that are to be written next; null if there are none left. */
  @Nullable List<T> nextItems() {
    Part part = parts.peek();
    return part == null ? null : items.subList(part.from(), part.to());
  }

  boolean canSplit() {
    return parts.getFirst().size() > 1;
  }

  /** Makes two parts of the first one. */
  void split() {
    Part part = parts.removeFirst();
    int middle = part.from() + part.size() / 2;
    parts.addFirst(new Part(middle, part.to()));
    parts.addFirst(new Part(part.from(), middle));
    failedTries = 0;
  }

  /** Takes the first part out: it will not be written again, nor handed back. */
  List<Entry<T>> takePart() {
    Part part = parts.removeFirst();
    failedTries = 0;
    return entries.subList(part.from(), part.to());
  }

  /** The oldest of what is not settled has ended. */
  void settle(List<Entry<T>> ended) {
    settledTo += ended.size();
  }

  boolean isSettled() {
    return settledTo == items.size();
  }

  /** The number of the first item that has not ended. */
  long firstUnsettled() {
    return firstNumber + settledTo;
  }

  /** Takes the part that is in the sink out, if there is one. */
  List<Entry<T>> takeInterrupted() {
    return inSink ? takePart() : List.of();
  }

  /** Takes all parts out. */
  List<Entry<T>> takeRest() {
    List<Entry<T>> rest = new ArrayList<>();
    while (!parts.isEmpty()) {
      rest.addAll(takePart());
    }
    return rest;
  }
}
