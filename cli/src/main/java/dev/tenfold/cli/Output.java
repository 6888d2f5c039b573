package dev.tenfold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;

/** Shows what a gateway answered: a table for people, or JSON for programs. */
final class Output {
  private final PrintWriter out;
  private final boolean json;

  Output(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void show(List<String> columns, List<JsonNode> rows) {
    if (json) {
      out.println(new ObjectMapper().valueToTree(rows).toPrettyString());
    } else {
      TextTable.print(out, columns, rows);
    }
    out.flush();
  }

  void show(List<String> columns, JsonNode row) {
    if (json) {
      out.println(row.toPrettyString());
      out.flush();
    } else {
      show(columns, List.of(row));
    }
  }

  /** A line for people; nothing for programs. */
  void say(String line) {
    if (!json) {
      out.println(line);
      out.flush();
    }
  }
}
