package dev.tenfold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Objects as lines of a table: a column for each field, as wide as what is in it. */
final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /**
   * Prints it.
   *
   * @param columns the fields, by name; a dot leads into an object
   */
  static void print(PrintWriter out, List<String> columns, List<JsonNode> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(column -> column.replace('.', '_')).toList());
    rows.forEach(row -> lines.add(columns.stream().map(column -> cell(row, column)).toList()));
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        text.append(line.get(i)).repeat(' ', width(lines, i) - line.get(i).length()).append(GAP);
      }
      out.println(text.toString().stripTrailing());
    }
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String cell(JsonNode row, String column) {
    JsonNode value = row.at("/" + column.replace('.', '/'));
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(item.asText()));
      return String.join(",", items);
    }
    return value.isNull() || value.isMissingNode() ? "-" : printable(value.asText());
  }

  /** What could move the cursor of a terminal does not reach it. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
