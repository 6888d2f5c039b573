package dev.tenfold.gateway.accounts;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is in the order of ids. Immutable.
 *
 * @param items at most as many as were asked for
 * @param next what to give as {@code after} for the next part; null if this is the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Makes a page of up to one item more than {@code limit}: the one more says that there is a next.
   */
  static <T> Page<T> of(List<T> found, int limit, Function<T, String> id) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, id.apply(items.getLast()));
  }
}
