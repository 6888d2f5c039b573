package dev.tenfold.toolkit.profiling;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, and their rules. What breaks one is refused, never repaired. */
final class Query {
  private static final int MOST_SECONDS = 300;

  /** What a profile is shown as. */
  enum Format {
    PPROF,
    FLAMEGRAPH
  }

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the part of a URL after the question mark.
   *
   * @param known the names that may be in it
   * @throws Refusal with the rule
   */
  static Query parse(@Nullable String raw, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!known.contains(name)) {
        throw Refusal.badRequest(
            "there is no parameter " + name + " here; known: " + new TreeSet<>(known));
      }
      if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
        throw Refusal.badRequest(name + " is there twice; it may be there once");
      }
    }
    return new Query(values);
  }

  /** How long; {@code otherwise} where it is not said. */
  int seconds(int otherwise) {
    String text = values.get("seconds");
    if (text == null) {
      return otherwise;
    }
    int seconds = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw Refusal.badRequest(
          "seconds is '%s'; it must be a whole number from 1 to %d".formatted(text, MOST_SECONDS));
    }
    return seconds;
  }

  Format format() {
    String text = values.getOrDefault("format", "pprof");
    return switch (text) {
      case "pprof" -> Format.PPROF;
      case "flamegraph" -> Format.FLAMEGRAPH;
      default ->
          throw Refusal.badRequest("format is '" + text + "'; it must be pprof or flamegraph");
    };
  }

  /**
   * 0 for a file, else the text form of that number.
   *
   * @param most the last one that there is
   */
  int debug(int most) {
    String text = values.getOrDefault("debug", "0");
    int debug = text.matches("[0-9]") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    if (debug > most) {
      throw Refusal.badRequest("debug is '" + text + "'; " + rule(most));
    }
    if (debug > 0 && values.containsKey("seconds")) {
      throw Refusal.badRequest("seconds and debug do not go together: a difference has no text");
    }
    if (debug > 0 && values.containsKey("format")) {
      throw Refusal.badRequest("format and debug do not go together: one of them");
    }
    return debug;
  }

  /** Go takes 0 or 1; here the heap is collected either way. */
  void checkGc() {
    String gc = values.getOrDefault("gc", "1");
    if (!gc.equals("1")) {
      throw Refusal.badRequest(
          "gc is '"
              + gc
              + "'; it must be 1 or left out: the heap is always collected first. allocs is"
              + " without");
    }
  }

  private static String rule(int most) {
    return switch (most) {
      case 0 ->
          "it must be 0: there is no text form. format=flamegraph is for people, and without it"
              + " the answer is for go tool pprof";
      case 1 -> "it must be 0 for go tool pprof, or 1 for a text";
      default -> "it must be 0 for go tool pprof, 1 for a text, or 2 for a dump of all threads";
    };
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the query cannot be decoded: " + e.getMessage());
    }
  }
}
