package dev.tenfold.toolkit.batching;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * A writer of strings, and all that it needs, in the hands of a test: a sink that keeps what it is
 * given unless told to fail, time that stands, an executor whose tasks the test runs.
 */
final class Workshop {

  /** What passes by itself. */
  static final class Hiccup extends IOException {
    Hiccup() {
      super("a hiccup");
    }
  }

  /** What is the fault of an item. */
  static final class Poison extends Exception {
    Poison(String item) {
      super(item);
    }
  }

  record Rejection(String item, Throwable cause) {}

  final ManualTimer timer = new ManualTimer();
  final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  final ArrayDeque<Throwable> failures = new ArrayDeque<>();
  final List<List<String>> tried = new CopyOnWriteArrayList<>();
  final List<List<String>> written = new CopyOnWriteArrayList<>();
  final List<Rejection> rejected = new CopyOnWriteArrayList<>();

  /** The longest wait each time. */
  static final RandomGenerator NO_LUCK =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new AssertionError("not bounded");
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  /** Waits for the test to run its tasks. */
  BatchWriterBuilder<String> builder() {
    return BatchWriter.builder(this::write)
        .retryable(Hiccup.class::isInstance)
        .onRejected((item, cause) -> rejected.add(new Rejection(item, cause)))
        .weigher(String::length)
        .timer(timer)
        .random(NO_LUCK)
        .executor(tasks::add);
  }

  /** Writes on whatever thread comes by. */
  BatchWriterBuilder<String> inlineBuilder() {
    return builder().executor(Runnable::run);
  }

  private void write(List<String> batch) throws Exception {
    tried.add(List.copyOf(batch));
    Throwable failure = failures.poll();
    switch (failure) {
      case null -> {}
      case Exception exception -> throw exception;
      case Error error -> throw error;
      default -> throw new AssertionError(failure);
    }
    for (String item : batch) {
      if (item.startsWith("poison")) {
        throw new Poison(item);
      }
    }
    written.add(List.copyOf(batch));
  }

  void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  List<String> writtenItems() {
    return written.stream().flatMap(List::stream).toList();
  }

  List<String> rejectedItems() {
    return rejected.stream().map(Rejection::item).toList();
  }

  static List<String> items(int count) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add("item" + i);
    }
    return items;
  }

  static void offerAll(BatchWriter<String> writer, List<String> items) {
    items.forEach(
        item -> {
          if (!writer.offer(item)) {
            throw new AssertionError("refused: " + item);
          }
        });
  }
}
