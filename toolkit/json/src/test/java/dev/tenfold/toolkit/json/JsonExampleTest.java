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

  private String answer(String message) {
    return new String(answer(message.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void anOrderIsReadAndItsLinesAreSentBackInReverse() {
    assertThat(
            answer(
                """
                {"id": 7, "lines": [{"article": "shoe", "count": 2}, {"article": "lace", "count": 4}]}
                """))
        .isEqualTo(
            "{\"id\":7,\"lines\":[{\"article\":\"lace\",\"count\":4},"
                + "{\"article\":\"shoe\",\"count\":2}]}");
  }

  @Test
  void aMessageThatIsNoOrderIsRefusedWithItsPlace() {
    assertThat(answer("{\"id\": 07}")).isEqualTo("refused: MALFORMED at byte 8");
    assertThat(answer("{\"id\": \"x\"}")).isEqualTo("refused: MISMATCH at byte 7");
    assertThat(answer(" ".repeat((64 << 10) + 1))).isEqualTo("refused: LIMIT at byte -1");
  }
}
