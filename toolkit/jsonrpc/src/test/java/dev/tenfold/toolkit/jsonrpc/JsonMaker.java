package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes JSON at random: values, and spellings of them that mean the same. A value is a {@code Map},
 * {@code List}, {@code String}, or {@link Word} for what is written without quotes.
 */
final class JsonMaker {

  /** A number, true, false or null. */
  record Word(String text) {}

  private static final String[] WORDS = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "1.0",
    "1e2",
    "1E2",
    "-1.5e-3",
    "0.1",
    "10",
    "1234567890123456789012345678901234567890"
  };
  private static final String[] TEXTS = {
    "",
    "a",
    "b",
    "A",
    "0x",
    "0xa",
    "0xAB",
    "0xabcdef",
    "0XAB",
    "0xg",
    "latest",
    "Latest",
    "é",
    "😀",
    "\ud800",
    "\udc00a",
    "\"",
    "\\",
    "/",
    "\n",
    "\u0000",
    "id",
    "method",
    "params",
    "jsonrpc",
    "2.0",
    "eth_call",
    "0xAbCdEf0123456789aBcDeF0123456789AbCdEf01",
    "1",
    "null",
    "[",
    "]",
    ",",
    ":",
    "a,b"
  };
  private static final String[] SPACES = {" ", "\n", "\t", "\r", "  \n "};
  private static final String SHORT_ESCAPES = "\"\\/\b\f\n\r\t";
  private static final String SHORT_LETTERS = "\"\\/bfnrt";
  private static final byte[] INTERESTING = "{}[]\",:\\u0x1.eE+-tfn \n\t\0\177".getBytes(UTF_8);

  private final Random random;

  JsonMaker(Random random) {
    this.random = random;
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A random value, at most so many levels deep. */
  Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 0 -> new Word(oneOf(WORDS));
      case 1 -> oneOf(TEXTS);
      case 2 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(value(depth));
    }
    return array;
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    Set<String> folded = new HashSet<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = oneOf(TEXTS);
      if (folded.add(Meaning.withoutCase(name))) {
        object.put(name, value(depth));
      }
    }
    return object;
  }

  /** A value that differs from this one in one place, or in none. */
  Object changed(Object value) {
    if (value instanceof List<?> list && !list.isEmpty() && !oneIn(4)) {
      List<Object> copy = new ArrayList<>(list);
      int i = random.nextInt(copy.size());
      switch (random.nextInt(4)) {
        case 0 -> copy.set(i, List.of(copy.get(i)));
        case 1 -> copy.remove(i);
        case 2 -> copy.add(i, copy.get(random.nextInt(copy.size())));
        default -> copy.set(i, changed(copy.get(i)));
      }
      return copy;
    }
    if (value instanceof Map<?, ?> map && !map.isEmpty() && !oneIn(4)) {
      Map<Object, Object> copy = new HashMap<>(map);
      Object name = oneOf(copy.keySet().toArray());
      if (oneIn(3)) {
        copy.remove(name);
      } else {
        copy.computeIfPresent(name, (same, member) -> changed(member));
      }
      return copy;
    }
    return switch (random.nextInt(5)) {
      case 0 -> List.of(value);
      case 1 -> value instanceof String text ? text.toUpperCase(Locale.ROOT) : value;
      case 2 -> value instanceof Word word ? word.text() : value;
      case 3 -> value(1);
      default -> value;
    };
  }

  /** One of the texts that mean this value. */
  String spell(Object value) {
    StringBuilder text = new StringBuilder();
    space(text);
    spell(text, value);
    space(text);
    return text.toString();
  }

  private void spell(StringBuilder text, Object value) {
    switch (value) {
      case List<?> list -> {
        text.append('[');
        items(text, list.stream().map(this::spell).toList());
        text.append(']');
      }
      case Map<?, ?> map -> {
        List<String> members = new ArrayList<>();
        map.forEach((name, member) -> members.add(member(name.toString(), spell(member))));
        Collections.shuffle(members, random);
        text.append('{');
        items(text, members);
        text.append('}');
      }
      case Word word -> text.append(word.text());
      default -> text.append(quoted(anyCase(value.toString())));
    }
  }

  private void items(StringBuilder text, List<String> items) {
    space(text);
    text.append(String.join(",", items));
    space(text);
  }

  private String member(String name, String value) {
    StringBuilder text = new StringBuilder();
    space(text);
    text.append(quoted(anyCase(name)));
    space(text);
    return text.append(':').append(value).toString();
  }

  private void space(StringBuilder text) {
    while (oneIn(5)) {
      text.append(oneOf(SPACES));
    }
  }

  private String anyCase(String text) {
    if (!Meaning.isHex(text)) {
      return text;
    }
    StringBuilder any = new StringBuilder("0x");
    for (char digit : text.substring(2).toCharArray()) {
      any.append(oneIn(2) ? Character.toUpperCase(digit) : Character.toLowerCase(digit));
    }
    return any.toString();
  }

  private String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      int shortEscape = SHORT_ESCAPES.indexOf(c);
      if (pair && !oneIn(4)) {
        quoted.append(c).append(text.charAt(++i));
      } else if (shortEscape >= 0 && oneIn(2)) {
        quoted.append('\\').append(SHORT_LETTERS.charAt(shortEscape));
      } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || oneIn(20)) {
        quoted.append(String.format(oneIn(2) ? "\\u%04x" : "\\u%04X", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** The body of a request, mostly valid. */
  String request() {
    if (!oneIn(3)) {
      return call();
    }
    List<String> calls = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      calls.add(oneIn(8) ? spell(value(2)) : call());
    }
    StringBuilder text = new StringBuilder();
    space(text);
    text.append('[');
    items(text, calls);
    return text.append(']').toString();
  }

  private String call() {
    List<String> members = new ArrayList<>();
    member(members, "jsonrpc", "2.0");
    member(members, "method", oneOf(TEXTS));
    member(members, "params", oneIn(2) ? array(2) : object(2));
    member(members, "id", value(0));
    while (oneIn(4)) {
      member(members, oneOf(TEXTS), value(2));
    }
    return object(members);
  }

  /** The body of an answer, mostly valid. */
  String reply() {
    List<String> members = new ArrayList<>();
    member(members, "jsonrpc", "2.0");
    member(members, "id", value(0));
    if (oneIn(2)) {
      member(members, "result", value(3));
    }
    if (oneIn(2)) {
      List<String> error = new ArrayList<>();
      member(error, "code", new Word("-32000"));
      member(error, "message", oneOf(TEXTS));
      member(error, "data", value(2));
      members.add(member("error", oneIn(4) ? "null" : object(error)));
    }
    return object(members);
  }

  /** Adds a member, mostly: now and then none, or two, or with another value. */
  private void member(List<String> members, String name, Object value) {
    if (oneIn(10)) {
      return;
    }
    members.add(member(name, spell(oneIn(10) ? value(2) : value)));
    if (oneIn(20)) {
      members.add(member(name, spell(value)));
    }
  }

  private String object(List<String> members) {
    Collections.shuffle(members, random);
    StringBuilder text = new StringBuilder();
    space(text);
    text.append('{');
    items(text, members);
    text.append('}');
    space(text);
    return text.toString();
  }

  /** The bytes with a few changed, taken out, put in, doubled or cut off. */
  byte[] mutated(byte[] bytes) {
    byte[] result = bytes;
    do {
      result = mutatedOnce(result);
    } while (oneIn(2));
    return result;
  }

  private byte[] mutatedOnce(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(4));
    byte any =
        oneIn(3) ? (byte) random.nextInt(256) : INTERESTING[random.nextInt(INTERESTING.length)];
    return switch (random.nextInt(5)) {
      case 0 -> joined(bytes, at, new byte[] {any}, Math.min(bytes.length, at + 1));
      case 1 -> joined(bytes, at, new byte[0], to);
      case 2 -> joined(bytes, at, new byte[] {any}, at);
      case 3 -> joined(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
      default -> Arrays.copyOf(bytes, at);
    };
  }

  private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] joined = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
    System.arraycopy(middle, 0, joined, head, middle.length);
    System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
    return joined;
  }
}
