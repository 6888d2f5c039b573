package dev.tenfold.toolkit.json;

import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Something for each generic type that the program uses, made once. Types come from the program and
 * not from messages; one that makes types without end is still served, but nothing more is kept.
 */
final class ByType<T> {
  private static final int MAX_KEPT = 1_000;

  private final ConcurrentHashMap<Type, T> kept = new ConcurrentHashMap<>();
  private final Function<Type, T> maker;

  ByType(Function<Type, T> maker) {
    this.maker = maker;
  }

  T get(Type type) {
    T known = kept.get(type);
    if (known == null) {
      known = maker.apply(type);
      if (kept.size() < MAX_KEPT) {
        kept.put(type, known);
      }
    }
    return known;
  }

  int size() {
    return kept.size();
  }
}
