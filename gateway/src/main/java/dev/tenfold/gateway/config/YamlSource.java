package dev.tenfold.gateway.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** One text in YAML, and where in it each key stands. Not thread-safe. */
final class YamlSource {
  private final String name;
  private final Environment environment;
  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * Makes a source.
   *
   * @param name of the file; empty where there is none
   * @param environment what references are taken from
   */
  YamlSource(String name, Environment environment) {
    this.name = name;
    this.environment = environment;
  }

  Environment environment() {
    return environment;
  }

  /** The text's root; empty if it says nothing. */
  Optional<Node> compose(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setUseMarks(true)
            .setMaxAliasesForCollections(50)
            .build();
    try {
      return new Compose(settings).composeString(yaml);
    } catch (MarkedYamlEngineException e) {
      // Its own message quotes the lines around, which may hold a key.
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw ConfigException.of(place(line) + "it is not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw ConfigException.of(place(0) + "it is not valid YAML: " + e.getMessage());
    }
  }

  void remember(String key, Node node) {
    lines.put(key, line(node));
  }

  /** The key's value does not come from here. */
  void forget(String key) {
    lines.put(key, 0);
  }

  ConfigException refuse(String key, String complaint) {
    return new ConfigException(key, complaint).at(place(lines.getOrDefault(key, 0)), key);
  }

  ConfigException refuse(Node node, String key, String complaint) {
    return new ConfigException(key, complaint).at(place(line(node)), key);
  }

  /** The complaint of a record, at the line of its key, or else of the section it is made of. */
  ConfigException locate(ConfigException complaint, String section, String key) {
    int line = lines.getOrDefault(key, lines.getOrDefault(section, 0));
    return complaint.at(place(line), key);
  }

  private String place(int line) {
    if (line == 0) {
      return name.isEmpty() ? "" : name + ": ";
    }
    return name.isEmpty() ? "line " + line + ": " : name + ":" + line + ": ";
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
