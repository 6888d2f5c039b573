package dev.tenfold.toolkit.batching;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a close with a deadline hands back. Each item is in one of the lists, and in the order in
 * which it was added there.
 *
 * @param interrupted items of writes that were under way at the deadline, and were interrupted:
 *     they may have been written, or be written yet
 * @param waiting items that are in no write, and are not written
 */
public record Leftovers<T>(List<T> interrupted, List<T> waiting) {

  public Leftovers {
    interrupted = List.copyOf(interrupted);
    waiting = List.copyOf(waiting);
  }

  /** Whether everything was written or rejected in time. */
  public boolean isEmpty() {
    return interrupted.isEmpty() && waiting.isEmpty();
  }

  /** All of them, the interrupted ones first. */
  public List<T> all() {
    return Stream.concat(interrupted.stream(), waiting.stream()).toList();
  }
}
