package dev.tenfold.loadgen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a mix. Keys that nobody asked for by the time it is built are refused, and each
 * refusal names the line. Not thread-safe.
 */
final class MixSection {
  private final String file;
  private final Node node;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  MixSection(String file, String place, Node node) {
    this.file = file;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw refuse(node, place, "must be a mapping of keys to values");
    }
    mapping.getValue().forEach(this::add);
  }

  private void add(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      throw refuse(entry.getKeyNode(), "a key", "must be a name");
    }
    if (entries.putIfAbsent(key.getValue(), entry) != null) {
      throw refuse(key, key.getValue(), "is there twice");
    }
  }

  boolean has(String key) {
    asked.add(key);
    return entries.containsKey(key);
  }

  String text(String key) {
    Node value = value(key);
    if (value == null) {
      throw refuse(node, key, "is missing");
    }
    return scalar(key, value);
  }

  int integer(String key, int most, int fallback) {
    return (int) number(key, 1, most, fallback);
  }

  long number(String key, long least, long most, long fallback) {
    Node value = value(key);
    if (value == null) {
      return fallback;
    }
    String text = scalar(key, value);
    String rule = most == Long.MAX_VALUE ? least + " or more" : "from " + least + " to " + most;
    if (!text.matches("-?[0-9]{1,18}")
        || Long.parseLong(text) < least
        || Long.parseLong(text) > most) {
      throw refuse(value, key, "is " + text + "; it must be a whole number, " + rule);
    }
    return Long.parseLong(text);
  }

  double decimal(String key, double fallback) {
    Node value = value(key);
    if (value == null) {
      return fallback;
    }
    String text = scalar(key, value);
    if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      throw refuse(value, key, "is " + text + "; it must be a number such as 0.9");
    }
    return Double.parseDouble(text);
  }

  /** A list as JSON in one line; an empty one if the key is absent. */
  String json(String key) {
    Node value = value(key);
    if (value == null) {
      return "[]";
    }
    if (!(value instanceof SequenceNode || value instanceof MappingNode)) {
      throw refuse(value, key, "must be a list");
    }
    try {
      return YamlToJson.text(value);
    } catch (IllegalArgumentException e) {
      throw refuse(value, key, String.valueOf(e.getMessage()));
    }
  }

  MixSection section(String key) {
    Node value = value(key);
    if (value == null) {
      throw refuse(node, key, "is missing");
    }
    return new MixSection(file, key, value);
  }

  /** The sections of a list; none if the key is absent. */
  List<MixSection> list(String key) {
    Node value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw refuse(value, key, "must be a list");
    }
    List<MixSection> sections = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      sections.add(new MixSection(file, "an entry of " + key, item));
    }
    return sections;
  }

  /** Makes a record; what it refuses gets the line of the key with which its complaint begins. */
  <T> T build(Supplier<T> constructor) {
    entries.forEach(this::requireKnown);
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      String complaint = String.valueOf(e.getMessage());
      NodeTuple entry = entries.get(complaint.split(" ", 2)[0]);
      throw new MixException(place(entry == null ? node : entry.getKeyNode()) + complaint);
    }
  }

  MixException refuse(String key, String complaint) {
    Node value = value(key);
    return refuse(value == null ? node : value, key, complaint);
  }

  private void requireKnown(String key, NodeTuple entry) {
    if (!asked.contains(key)) {
      throw refuse(
          entry.getKeyNode(), key, "is not a known key; known here: " + String.join(", ", asked));
    }
  }

  private String scalar(String key, Node value) {
    if (!(value instanceof ScalarNode scalar)) {
      throw refuse(value, key, "must be a single value");
    }
    return scalar.getValue();
  }

  private @Nullable Node value(String key) {
    asked.add(key);
    NodeTuple entry = entries.get(key);
    return entry == null ? null : entry.getValueNode();
  }

  private MixException refuse(Node at, String key, String complaint) {
    return new MixException(place(at) + key + " " + complaint);
  }

  private String place(Node at) {
    return file + ":" + (at.getStartMark().map(Mark::getLine).orElse(0) + 1) + ": ";
  }
}
