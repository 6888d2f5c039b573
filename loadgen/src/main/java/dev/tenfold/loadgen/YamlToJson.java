package dev.tenfold.loadgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** JSON is a part of YAML: a value of the one as text of the other. */
final class YamlToJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  // The composer bounds aliases, but not that a collection holds itself.
  private static final int DEEPEST = 64;

  private YamlToJson() {}

  /**
   * The value in one line.
   *
   * @throws IllegalArgumentException if it is no JSON; the message is a complaint without subject
   */
  static String text(Node node) {
    return json(node, 0).toString();
  }

  private static JsonNode json(Node node, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("is nested more than " + DEEPEST + " deep");
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, depth);
      case SequenceNode sequence -> array(sequence, depth);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("has a " + node.getNodeType());
    };
  }

  private static ObjectNode object(MappingNode mapping, int depth) {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode name)) {
        throw new IllegalArgumentException("has a key that is not a name");
      }
      object.set(name.getValue(), json(entry.getValueNode(), depth + 1));
    }
    return object;
  }

  private static ArrayNode array(SequenceNode sequence, int depth) {
    ArrayNode array = JSON.arrayNode();
    sequence.getValue().forEach(item -> array.add(json(item, depth + 1)));
    return array;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT)) {
      return JSON.numberNode(new BigInteger(text));
    }
    return tag.equals(Tag.FLOAT) ? JSON.numberNode(new BigDecimal(text)) : JSON.textNode(text);
  }
}
