package dev.tenfold.gateway.answers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A call as what it means, apart from how it is spelled: lists, maps, strings, numbers. Two are
 * equal if they mean the same.
 */
record CallMeaning(String chain, long generation, String method, List<Object> params) {
  private static final List<String> METHODS =
      List.of("eth_call", "eth_getLogs", "debug_traceCall", "eth_getProof", "eth_getStorageAt");
  private static final List<String> STRINGS =
      List.of("latest", "0x", "0xab", "0xAbx", "{data: [], fault: function(A) {}}", "é\"\\ü", "");
  private static final List<String> NAMES = List.of("to", "topics", "address", "tracer", "0xaa");

  static CallMeaning random(Random random) {
    List<Object> params = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      params.add(value(random, 3));
    }
    return new CallMeaning("main", 0, pick(random, METHODS), params);
  }

  /** Another call that differs from this in one thing. */
  CallMeaning changed(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new CallMeaning(chain + "2", generation, method, params);
      case 1 -> new CallMeaning(chain, generation + 1, method, params);
      case 2 -> new CallMeaning(chain, generation, other(random, METHODS, method), params);
      case 3 -> withParams(List.of(params));
      default -> withParams(changedList(params, random));
    };
  }

  private CallMeaning withParams(List<Object> others) {
    return new CallMeaning(chain, generation, method, others);
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> "0x" + Long.toHexString(random.nextLong() & 0xffff);
      case 1 -> pick(random, STRINGS);
      case 2 -> random.nextBoolean() ? true : random.nextInt(20);
      case 3 -> Map.of();
      case 4 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(pick(random, NAMES), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  /**
   * A list with one element in another form: wrapped, unwrapped, renamed, in another case, gone.
   */
  private static List<Object> changedList(List<?> list, Random random) {
    List<Object> changed = new ArrayList<>(list);
    if (changed.isEmpty()) {
      changed.add("0x1");
      return changed;
    }
    int at = random.nextInt(changed.size());
    switch (random.nextInt(4)) {
      case 0 -> changed.set(at, List.of(changed.get(at)));
      case 1 -> changed.remove(at);
      case 2 -> changed.add(at, "0xab");
      default -> changed.set(at, changedValue(changed.get(at), random));
    }
    return changed;
  }

  private static Object changedValue(Object value, Random random) {
    return switch (value) {
      case List<?> list -> changedList(list, random);
      case Map<?, ?> map -> changedMap(map, random);
      case String text when !text.equals(text.toUpperCase(Locale.ROOT)) && !isHex(text) ->
          text.toUpperCase(Locale.ROOT);
      case Integer number -> "\"" + number;
      default -> value + "0";
    };
  }

  private static Map<String, Object> changedMap(Map<?, ?> map, Random random) {
    Map<String, Object> changed = new LinkedHashMap<>();
    map.forEach((name, value) -> changed.put((String) name, value));
    if (changed.isEmpty()) {
      changed.put("to", "0x1");
      return changed;
    }
    String name = pick(random, List.copyOf(changed.keySet()));
    Object value = Objects.requireNonNull(changed.remove(name));
    changed.put(random.nextBoolean() ? name : name + "x", changedValue(value, random));
    return changed;
  }

  /** One of the many ways to write the parameters down. */
  String spelled(Random random) {
    StringBuilder out = new StringBuilder();
    spell(params, out, random);
    return out.toString();
  }

  private static void spell(Object value, StringBuilder out, Random random) {
    switch (value) {
      case List<?> list -> {
        out.append('[').append(space(random));
        for (int i = 0; i < list.size(); i++) {
          out.append(i == 0 ? "" : ",").append(space(random));
          spell(list.get(i), out, random);
        }
        out.append(space(random)).append(']');
      }
      case Map<?, ?> map -> {
        List<Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
        Collections.shuffle(members, random);
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
          out.append(i == 0 ? "" : ",").append(space(random));
          spell(members.get(i).getKey(), out, random);
          out.append(space(random)).append(':').append(space(random));
          spell(members.get(i).getValue(), out, random);
        }
        out.append(space(random)).append('}');
      }
      case String text -> string(text, out, random);
      default -> out.append(value);
    }
  }

  private static void string(String text, StringBuilder out, Random random) {
    boolean hex = isHex(text);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (hex && i > 1 && random.nextBoolean()) {
        c = Character.toUpperCase(c);
      }
      if (c == '"' || c == '\\' || random.nextInt(12) == 0) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static boolean isHex(String text) {
    return text.matches("0x[0-9a-fA-F]*");
  }

  private static String space(Random random) {
    return random.nextInt(4) > 0 ? "" : pick(random, List.of(" ", "\n", "\t ", "\r\n"));
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String other(Random random, List<String> from, String than) {
    String picked = pick(random, from);
    return picked.equals(than) ? than + "2" : picked;
  }
}
