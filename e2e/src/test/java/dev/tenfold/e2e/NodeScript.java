package dev.tenfold.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a script of the folder {@code clients} under Node.js. */
final class NodeScript {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private NodeScript() {}

  /** The lines that it printed; fails if it did not end well. */
  static List<String> run(String script, String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    try (ChildProcess node = ChildProcess.start(script, new File("clients"), command)) {
      if (node.awaitExit(PATIENCE) != 0) {
        throw new AssertionError(script + " failed:\n" + String.join("\n", node.output()));
      }
      return node.output();
    }
  }

  /** What one client library saw of the node at an address, by the name of the scenario. */
  static Map<String, JsonNode> scenarios(String library, URI url) {
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    for (String line : run("run.mjs", library, url.toString())) {
      try {
        JsonNode scenario = JSON.readTree(line);
        seen.put(scenario.path("scenario").asText(), scenario);
      } catch (IOException e) {
        throw new UncheckedIOException(line, e);
      }
    }
    return seen;
  }
}
