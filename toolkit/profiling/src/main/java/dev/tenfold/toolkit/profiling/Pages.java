package dev.tenfold.toolkit.profiling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pages for the browser. Each is one file that asks nobody for anything else. */
final class Pages {
  private static final String POLICY =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'";

  private Pages() {}

  /** A node of the graph: what was spent in it and below, and who was called. */
  private static final class Node {
    private final Map<String, Node> callees = new TreeMap<>();
    private long value;

    void write(String name, StringBuilder json) {
      json.append("[\"").append(escape(name)).append("\",").append(value);
      callees.forEach(
          (callee, node) -> {
            json.append(',');
            node.write(callee, json);
          });
      json.append(']');
    }
  }

  static ProfilingResponse index() {
    return ProfilingResponse.html(resource("index.html"), POLICY);
  }

  /** The values of the profile's main type, by who called whom. */
  static ProfilingResponse flameGraph(String name, Profile profile) {
    StringBuilder json = new StringBuilder();
    graph(profile).write("all", json);
    Profile.ValueType type = profile.types().get(profile.mainType());
    String page =
        resource("flamegraph.html")
            .replace("NAME", name + ", " + type.name())
            .replace("UNIT", type.unit())
            .replace("\"GRAPH\"", json);
    return ProfilingResponse.html(page, POLICY);
  }

  private static Node graph(Profile profile) {
    Node root = new Node();
    profile.samples().forEach((sample, values) -> add(root, sample, values[profile.mainType()]));
    return root;
  }

  private static void add(Node root, Sample sample, long value) {
    if (value <= 0) { // a difference may have less than nothing: what has become less is not drawn
      return;
    }
    root.value += value;
    Node node = root;
    List<Frame> frames = sample.stack().frames();
    for (Frame frame : frames.reversed()) {
      node = node.callees.computeIfAbsent(frame.function(), f -> new Node());
      node.value += value;
    }
  }

  /** For a string of JSON inside a script: nothing in it ends the string or the script. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f && "\"\\<>&".indexOf(c) < 0;
      escaped.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return escaped.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " cannot be read", e);
    }
  }
}
