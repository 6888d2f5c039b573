package dev.tenfold.toolkit.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The flushes that wait, in the order in which they can end. Not thread-safe. */
final class Flushes {

  private record Flush(long before, CompletableFuture<@Nullable Void> future) {}

  private final ArrayDeque<Flush> waiting = new ArrayDeque<>();

  /** A flush that ends when all items with lower numbers have. */
  CompletableFuture<@Nullable Void> add(long before) {
    var flush = new Flush(before, new CompletableFuture<>());
    waiting.add(flush);
    return flush.future();
  }

  /** Takes those that end now that all items below this number have. */
  List<CompletableFuture<@Nullable Void>> takeDone(long firstUnsettled) {
    List<CompletableFuture<@Nullable Void>> done = List.of();
    while (!waiting.isEmpty() && waiting.getFirst().before() <= firstUnsettled) {
      if (done.isEmpty()) {
        done = new ArrayList<>();
      }
      done.add(waiting.removeFirst().future());
    }
    return done;
  }

  /** Takes all. */
  List<CompletableFuture<@Nullable Void>> takeAll() {
    return takeDone(Long.MAX_VALUE);
  }
}
