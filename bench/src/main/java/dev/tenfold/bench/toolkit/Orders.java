package dev.tenfold.bench.toolkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages of the usual kind: an order with its lines. Public, since all mappers must see it. */
public final class Orders {
  private Orders() {}

  /** An order. */
  public record Order(
      long id,
      String customer,
      String currency,
      boolean paid,
      List<Line> lines,
      Map<String, String> tags) {}

  /** A line of an order. */
  public record Line(String article, int count, long cents) {}

  /** One with as many lines; four lines are about 300 bytes of JSON, 40 about 2 KB. */
  static Order of(int lines) {
    List<Line> list = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      list.add(new Line("article-" + i, i + 1, 1_999L * (i + 1)));
    }
    return new Order(
        4_711, "Alice Example", "EUR", true, list, Map.of("channel", "web", "lang", "en"));
  }
}
