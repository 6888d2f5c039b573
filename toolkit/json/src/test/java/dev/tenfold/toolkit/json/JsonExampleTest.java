package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of docs/toolkit/json.md. */
class JsonExampleTest {

  // @start region=example
  record Line(String article, int count) {}

  record Order(long id, List<Line> lines) {}

  private final Json json = Json.builder().maxBytes(64 << 10).build(); // one for all threads

  byte[] answer(byte[] message) {
    try {
      Order order = json.fromBytes(message, Order.class);
      return json.toBytes(new Order(order.id(), order.lines().reversed()));
    } catch (JsonException e) {
      return ("refused: " + e.reason() + " at byte " + e.offset()).getBytes(UTF_8);
    }
  }

  // @end region=example

  @Test
  void anOrderIsReadAndAnotherIsWritten() {
    String hat = "{\"article\":\"hat\",\"count\":1}";
    String shoe = "{\"article\":\"shoe\",\"count\":2}";
    byte[] message = ("{\"id\":7,\"lines\":[" + hat + "," + shoe + "]}").getBytes(UTF_8);
    assertThat(answer(message))
        .asString(UTF_8)
        .isEqualTo("{\"id\":7,\"lines\":[" + shoe + "," + hat + "]}");
  }

  @Test
  void whatIsWrongIsToldByItsPlace() {
    assertThat(answer("{\"id\":7,".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("refused: MALFORMED at byte 8");
  }
}
