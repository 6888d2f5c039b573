package consumer.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenfold.toolkit.json.Json;
import dev.tenfold.toolkit.json.JsonException;

final class Main {
  record Order(long id, String item) {}

  private Main() {}

  public static void main(String[] arguments) {
    Json json = Json.create();
    Order order = json.fromBytes("{\"id\": 7, \"item\": \"shoe\"}".getBytes(UTF_8), Order.class);
    String written = new String(json.toBytes(order), UTF_8);

    System.out.printf(
        "json in %s: %s, %s%n", Json.class.getModule(), written, whatIsWrongWith("{\"id\": 07}"));
  }

  private static String whatIsWrongWith(String message) {
    try {
      Json.create().fromBytes(message.getBytes(UTF_8), Order.class);
      return "nothing";
    } catch (JsonException e) {
      return e.reason().toString();
    }
  }
}
