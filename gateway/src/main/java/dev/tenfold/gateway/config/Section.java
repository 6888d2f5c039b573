package dev.tenfold.gateway.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the source. Its keys are read one by one; those that nobody asked for by the time
 * it is built are not known. Every refusal names the line. Not thread-safe.
 */
final class Section {
  private final YamlSource source;
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(YamlSource source, String path, @Nullable Node node) {
    this.source = source;
    this.path = path;
    if (node == null || isNull(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw source.refuse(
          node, path.isEmpty() ? "the configuration" : path, "must be a mapping of keys to values");
    }
    mapping.getValue().forEach(this::add);
  }

  static Section root(YamlSource source, Optional<Node> node) {
    return new Section(source, "", node.orElse(null));
  }

  private void add(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
      throw source.refuse(entry.getKeyNode(), path, "has a key that is not a name");
    }
    String key = scalar.getValue();
    if (values.putIfAbsent(key, entry.getValueNode()) != null) {
      throw source.refuse(scalar, full(key), "is there twice");
    }
    keys.put(key, scalar);
    source.remember(full(key), scalar);
  }

  /** Makes a record of what was read; the record's refusals get the line of their key. */
  <T> T build(Supplier<T> constructor) {
    keys.forEach(this::checkKnown);
    try {
      return constructor.get();
    } catch (ConfigException e) {
      throw located(e);
    }
  }

  private void checkKnown(String key, Node node) {
    if (!asked.contains(key)) {
      throw source.refuse(node, full(key), "is not a known key; " + NearestKey.hint(key, asked));
    }
  }

  private ConfigException located(ConfigException e) {
    return source.locate(e, path, path.isEmpty() ? e.key() : full(e.lastOfKey()));
  }

  Section section(String key) {
    return new Section(source, full(key), ask(key));
  }

  /** The sections of a list, in order; none if the key is absent. */
  List<Section> list(String key) {
    List<Section> sections = new ArrayList<>();
    for (Node item : items(key)) {
      String place = full(key) + "[" + sections.size() + "]";
      source.remember(place, item);
      sections.add(new Section(source, place, item));
    }
    return sections;
  }

  /** All entries as sections by name, in order. */
  SequencedMap<String, Section> all() {
    SequencedMap<String, Section> sections = new LinkedHashMap<>();
    List.copyOf(values.keySet()).forEach(key -> sections.put(key, section(key)));
    return sections;
  }

  String text(String key, String fallback) {
    return optional(key).orElse(fallback);
  }

  Optional<String> optional(String key) {
    return Optional.ofNullable(ask(key)).map(node -> scalar(full(key), node));
  }

  Optional<Long> number(String key) {
    return unquoted(key, Section::toLong);
  }

  int integer(String key, int fallback) {
    return unquoted(key, Section::toInt).orElse(fallback);
  }

  boolean flag(String key, boolean fallback) {
    return unquoted(key, Section::toBoolean).orElse(fallback);
  }

  DataSize size(String key, DataSize fallback) {
    return parsed(key, DataSize::parse).orElse(fallback);
  }

  Duration duration(String key, Duration fallback) {
    return parsed(key, Durations::parse).orElse(fallback);
  }

  List<String> texts(String key) {
    return items(key).stream().map(item -> scalar(full(key), item)).toList();
  }

  /** Names and texts, in order. */
  Map<String, String> textMap(String key) {
    Section section = section(key);
    Map<String, String> texts = new LinkedHashMap<>();
    section.keys.keySet().forEach(name -> texts.put(name, section.text(name, "")));
    return texts;
  }

  /** Names and whole numbers, in order. */
  Map<String, Integer> integers() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    keys.keySet().forEach(name -> numbers.put(name, integer(name, 0)));
    return numbers;
  }

  /** A text that is read into something else. */
  <T> Optional<T> parsed(String key, Function<String, T> parse) {
    return optional(key).map(text -> convert(key, text, parse));
  }

  private <T> Optional<T> unquoted(String key, Function<String, T> parse) {
    if (ask(key) instanceof ScalarNode node
        && !node.isPlain()
        && !Environment.isReferredToIn(node.getValue())) {
      throw source.refuse(full(key), "is a text in quotes; it must be written without them");
    }
    return parsed(key, parse);
  }

  private <T> T convert(String key, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw source.refuse(full(key), "is " + text + "; " + e.getMessage());
    }
  }

  private List<Node> items(String key) {
    Node node = ask(key);
    if (node == null || isNull(node)) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw source.refuse(full(key), "must be a list");
    }
    return sequence.getValue();
  }

  private String scalar(String key, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw source.refuse(node, key, "must be a single value");
    }
    if (isNull(node)) {
      throw source.refuse(node, key, "has no value; leave the key out for its default");
    }
    try {
      return source.environment().expand(scalar.getValue());
    } catch (IllegalArgumentException e) {
      throw source.refuse(node, key, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Node ask(String key) {
    asked.add(key);
    return values.get(key);
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static long toLong(String text) {
    if (!text.matches("-?[0-9]{1,40}")) {
      throw new IllegalArgumentException("it must be a whole number");
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() > 63) {
      throw new IllegalArgumentException("it is too large a number");
    }
    return value.longValue();
  }

  private static int toInt(String text) {
    long value = toLong(text);
    if (value != (int) value) {
      throw new IllegalArgumentException("it is too large a number");
    }
    return (int) value;
  }

  private static boolean toBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it must be true or false");
    };
  }
}
