package dev.tenfold.gateway.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes JSON in one of the many ways that mean the same to a node. */
final class Spelling {
  private static final List<String> SPACES = List.of(" ", "\n", "\t", "  ");

  private final Random random;
  private final StringBuilder out = new StringBuilder();

  private Spelling(Random random) {
    this.random = random;
  }

  /** Half of all times as programs write it, else with spaces, in another order, in other case. */
  static String of(JsonNode value, Random random) {
    if (random.nextBoolean()) {
      return value.toString();
    }
    Spelling spelling = new Spelling(random);
    spelling.write(value);
    return spelling.out.toString();
  }

  private void write(JsonNode value) {
    space();
    if (value.isObject()) {
      object(value);
    } else if (value.isArray()) {
      array(value);
    } else if (value.isTextual() && value.textValue().matches("0x[0-9a-f]*")) {
      out.append(TextNode.valueOf(cased(value.textValue())));
    } else {
      out.append(value);
    }
    space();
  }

  private void array(JsonNode value) {
    out.append('[');
    for (int i = 0; i < value.size(); i++) {
      out.append(i == 0 ? "" : ",");
      write(value.get(i));
    }
    out.append(']');
  }

  private void object(JsonNode value) {
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    Collections.shuffle(names, random);
    out.append('{');
    for (int i = 0; i < names.size(); i++) {
      out.append(i == 0 ? "" : ",");
      space();
      out.append(TextNode.valueOf(names.get(i)));
      space();
      out.append(':');
      write(value.get(names.get(i)));
    }
    out.append('}');
  }

  private String cased(String hex) {
    StringBuilder cased = new StringBuilder("0x");
    for (int i = 2; i < hex.length(); i++) {
      char digit = hex.charAt(i);
      cased.append(random.nextBoolean() ? Character.toUpperCase(digit) : digit);
    }
    return cased.toString();
  }

  private void space() {
    if (random.nextInt(4) == 0) {
      out.append(SPACES.get(random.nextInt(SPACES.size())));
    }
  }
}
