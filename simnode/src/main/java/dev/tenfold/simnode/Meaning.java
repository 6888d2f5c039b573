package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What parameters mean as text: whatever the order of members and the case of hex digits, but with
 * every bracket, and other text as it is. So any two calls that mean different things get different
 * answers.
 */
final class Meaning {
  private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]*");

  private Meaning() {}

  static String of(JsonNode value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  /** Of all parameters from one on. */
  static String from(int index, Params params) {
    StringBuilder text = new StringBuilder();
    for (int i = index; i < params.size(); i++) {
      JsonNode value = params.optional(i);
      text.append('|');
      if (value != null) {
        write(value, text);
      }
    }
    return text.toString();
  }

  private static void write(JsonNode value, StringBuilder text) {
    if (value.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      value.fieldNames().forEachRemaining(names::add);
      text.append('{');
      for (String name : names) {
        text.append(folded(name)).append(':');
        write(value.path(name), text);
        text.append(',');
      }
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      for (JsonNode element : value) {
        write(element, text);
        text.append(',');
      }
      text.append(']');
    } else {
      text.append(value.isTextual() ? folded(value.textValue()) : value.asText());
    }
  }

  private static String folded(String text) {
    return HEX.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : text;
  }
}
