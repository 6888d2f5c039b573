package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;

/** Makes trees at random, spellings of them, and bytes that are nearly JSON. */
final class JsonMaker {
  private static final String[] TEXTS = {
    "",
    "a",
    "id",
    "method",
    "eth_call",
    "0xAbCdEf0123456789aBcDeF0123456789AbCdEf01",
    "é",
    "中文",
    "😀",
    "\ud800",
    "\udc00a",
    "\"",
    "\\",
    "/",
    "\n\t\r\b\f",
    "\u0000\u001f",
    "\u007f",
    "[",
    ",",
    ":"
  };
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r", "  \n "};
  private static final byte[] INTERESTING =
      "{}[]\",:\\u0x1.eE+-tfn \n\t\0\177\u00e9\ud83d\ude00".getBytes(UTF_8);

  private final Random random;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;

  JsonMaker(Random random) {
    this.random = random;
  }

  JsonNode tree(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextInt() >> random.nextInt(32));
      case 3 -> nodes.numberNode(random.nextLong() >> random.nextInt(64));
      case 4 -> nodes.numberNode(new BigInteger(random.nextInt(200), random).negate());
      case 5 ->
          nodes.numberNode(
              new BigDecimal(
                  new BigInteger(1 + random.nextInt(100), random), random.nextInt(60) - 30));
      case 6 -> nodes.textNode(text());
      case 7 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 200 : 4); i > 0; i--) {
      text.append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    return text.toString();
  }

  private ArrayNode array(int depth) {
    ArrayNode array = nodes.arrayNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      array.add(tree(depth));
    }
    return array;
  }

  private ObjectNode object(int depth) {
    ObjectNode object = nodes.objectNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.set(text(), tree(depth));
    }
    return object;
  }

  /** One of the many spellings of a tree. */
  String spelling(JsonNode tree) {
    StringBuilder out = new StringBuilder();
    spell(tree, out);
    return out.append(space()).toString();
  }

  private void spell(JsonNode tree, StringBuilder out) {
    out.append(space());
    switch (tree) {
      case ObjectNode object -> {
        String separator = "";
        out.append('{');
        for (Map.Entry<String, JsonNode> member : object.properties()) {
          out.append(separator).append(space());
          spell(member.getKey(), out);
          out.append(space()).append(':');
          spell(member.getValue(), out);
          separator = space() + ',';
        }
        out.append(space()).append('}');
      }
      case ArrayNode array -> {
        String separator = "";
        out.append('[');
        for (JsonNode element : array) {
          out.append(separator);
          spell(element, out);
          separator = space() + ',';
        }
        out.append(space()).append(']');
      }
      default -> {
        if (tree.isTextual()) {
          spell(tree.textValue(), out);
        } else {
          out.append(tree.asText());
        }
      }
    }
  }

  private String space() {
    return SPACES[random.nextInt(SPACES.length)];
  }

  private void spell(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean must = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
      if (must || random.nextInt(10) == 0) {
        out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** The same bytes but for a few that were changed, taken out or put in. */
  byte[] mutated(byte[] json) {
    byte[] bytes = json;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(bytes.length + 1);
      int cut = Math.min(bytes.length - at, random.nextInt(3));
      int added = random.nextInt(3);
      byte[] next = new byte[bytes.length - cut + added];
      System.arraycopy(bytes, 0, next, 0, at);
      for (int j = at; j < at + added; j++) {
        next[j] =
            random.nextInt(4) == 0
                ? (byte) random.nextInt(256)
                : INTERESTING[random.nextInt(INTERESTING.length)];
      }
      System.arraycopy(bytes, at + cut, next, at + added, bytes.length - at - cut);
      bytes = next;
    }
    return bytes;
  }
}
