package dev.tenfold.simnode;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a node was asked. Holds the last {@value #KEPT} calls, counts all. Thread-safe. */
public final class CallLog {
  private static final int KEPT = 10_000;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Deque<Seen> last = new ArrayDeque<>();
  private long requests;

  CallLog() {}

  /**
   * One call that was seen.
   *
   * @param params as JSON, {@code []} if left out
   * @param batch true if it came as a member of a batch
   * @param fault what befell it, if anything did
   */
  public record Seen(String method, String params, boolean batch, Fault.@Nullable Kind fault) {}

  /** How many calls of the method were seen, whatever became of them. */
  public synchronized long count(String method) {
    return counts.getOrDefault(method, 0L);
  }

  /** The calls by method, in the order of the methods' names. */
  public synchronized Map<String, Long> counts() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** All calls together. */
  public synchronized long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many bodies came: a batch is one. */
  public synchronized long requests() {
    return requests;
  }

  /** The last calls, oldest first. */
  public synchronized List<Seen> last() {
    return List.copyOf(last);
  }

  /** Begins again at nought. */
  public synchronized void clear() {
    counts.clear();
    last.clear();
    requests = 0;
  }

  synchronized void request() {
    requests++;
  }

  synchronized void add(Seen seen) {
    counts.merge(seen.method(), 1L, Long::sum);
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(seen);
  }
}
