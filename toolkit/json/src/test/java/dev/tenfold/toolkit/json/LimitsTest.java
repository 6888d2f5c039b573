package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenfold.toolkit.json.JsonException.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static void isRead(Json json, String message) {
    json.fromBytes(message.getBytes(UTF_8), JsonNode.class);
  }

  private static void isRefused(Json json, String message, String rule) {
    JsonException e = catchThrowableOfType(JsonException.class, () -> isRead(json, message));
    assertThat(e.reason()).isEqualTo(Reason.LIMIT);
    assertThat(e).hasMessageStartingWith(rule).hasNoCause();
  }

  private static void isNotWritten(Json json, Object value, String rule) {
    JsonException e = catchThrowableOfType(JsonException.class, () -> json.toBytes(value));
    assertThat(e.reason()).isEqualTo(Reason.LIMIT);
    assertThat(e).hasMessage(rule);
  }

  @Test
  void aMessageHasAtMostSoManyBytes() {
    Json json = Json.builder().maxBytes(10).build();

    isRead(json, "[1234567 ]");
    isRefused(json, "[12345678 ]", "the message is larger than 10 bytes");
    assertThat(json.toBytes(List.of("123456"))).hasSize(10);
    isNotWritten(json, List.of("1234567"), "the message is larger than 10 bytes");
    assertThat(json.toBytes(List.of(12345678))).hasSize(10);
    isNotWritten(json, List.of(123456789), "the message is larger than 10 bytes");
    assertThat(json.toBytes(List.of(-1234567L))).hasSize(10);
    isNotWritten(json, List.of(-12345678L), "the message is larger than 10 bytes");
    isNotWritten(json, "é".repeat(5), "the message is larger than 10 bytes");
    assertThat(json.toBytes("é".repeat(4))).hasSize(10);
  }

  @Test
  void soManyObjectsAndArraysMayBeOpenAtOnce() {
    Json json = Json.builder().maxDepth(3).build();

    isRead(json, "[{\"a\":[]},[[]]]");
    isRefused(json, "[{\"a\":[[]]}]", "more than 3 objects and arrays are open, at byte 7 ");
    assertThat(json.toBytes(List.of(Map.of("a", List.of())))).hasSize(10);
    isNotWritten(
        json, List.of(Map.of("a", List.of(Map.of()))), "more than 3 objects and arrays are open");
  }

  @Test
  void stringsNumbersAndNamesHaveALength() {
    Json json = Json.builder().maxStringLength(10).maxNumberLength(5).maxNameLength(3).build();

    isRead(json, "{\"abc\":[\"1234567890\",12345,-1e-2]}");
    isRefused(json, "\"12345678901\"", "a string is longer than 10 bytes, at byte 1 ");
    isRefused(json, "[ 123456]", "a number is longer than 5 bytes, at byte 2 ");
    isRefused(json, "{\"abcd\":1}", "a name is longer than 3 bytes, at byte 1 ");
  }

  @Test
  void theLimitsAreOnFromTheStart() {
    Json json = Json.create();

    isRead(json, "[".repeat(500) + "]".repeat(500));
    isRefused(json, "[".repeat(501), "more than 500 objects and arrays are open");
    isRefused(json, "[" + "1".repeat(1_001), "a number is longer than 1000 bytes");
    isRefused(json, "{\"" + "a".repeat(1_001) + "\":1}", "a name is longer than 1000 bytes");
    isRefused(json, " ".repeat((16 << 20) + 1), "the message is larger than 16777216 bytes");
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    List<Object> value = new ArrayList<>();
    value.add(List.of(value));

    isNotWritten(Json.create(), value, "more than 500 objects and arrays are open");
  }

  @Test
  void aNumberWhoseIntegerWouldBeHugeIsRefused() {
    JsonException e =
        catchThrowableOfType(
            JsonException.class,
            () -> Json.create().fromBytes("1e999999999".getBytes(UTF_8), BigInteger.class));

    assertThat(e.reason()).isEqualTo(Reason.LIMIT);
    assertThat(e).hasMessageStartingWith("a value is larger than the limits allow");
  }
}
