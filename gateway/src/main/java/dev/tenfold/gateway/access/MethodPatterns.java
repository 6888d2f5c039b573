package dev.tenfold.gateway.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A set of method names, given as names and as beginnings of names. Immutable. */
final class MethodPatterns {
  private final Set<String> names = new HashSet<>();
  private final List<String> prefixes = new ArrayList<>();

  /**
   * Reads the patterns.
   *
   * @param key where they stand in the configuration, for the message
   * @throws IllegalArgumentException if one is neither a name nor a beginning of one with a star
   */
  MethodPatterns(String key, List<String> patterns) {
    for (String pattern : patterns) {
      int star = pattern.indexOf('*');
      if (pattern.isBlank() || (star >= 0 && star < pattern.length() - 1)) {
        throw new IllegalArgumentException(
            "%s: \"%s\" must be a method's name, or the beginning of one and a * at its end"
                .formatted(key, pattern));
      }
      if (star >= 0) {
        prefixes.add(pattern.substring(0, star));
      } else {
        names.add(pattern);
      }
    }
  }

  boolean isEmpty() {
    return names.isEmpty() && prefixes.isEmpty();
  }

  /** Allocates nothing; one hash look-up, and a comparison for each prefix. */
  boolean has(String name) {
    if (names.contains(name)) {
      return true;
    }
    for (int i = 0; i < prefixes.size(); i++) {
      if (name.startsWith(prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }
}
