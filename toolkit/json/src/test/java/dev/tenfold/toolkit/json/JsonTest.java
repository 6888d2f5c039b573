package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class JsonTest {

  record Order(String id, long amount, List<String> tags) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  sealed interface Event {}

  @JsonTypeName("paid")
  record Paid(BigDecimal amount) implements Event {}

  @JsonTypeName("sent")
  record Sent(String to, Map<String, Integer> items) implements Event {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes(@JsonSubTypes.Type(value = Named.class, name = "by another name"))
  sealed interface Listed {}

  record Named(int value) implements Listed {}

  /** Writes itself by way of the same {@link Json}. */
  @JsonSerialize(using = InsideOut.class)
  record Nested(Order order) {}

  static final class InsideOut extends JsonSerializer<Nested> {
    @Override
    public void serialize(Nested value, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeStartObject();
      out.writeStringField("text", new String(JSON.toBytes(value.order()), UTF_8));
      out.writeEndObject();
    }
  }

  private static final Json JSON = Json.create();
  private static final Order ORDER = new Order("é😀\"7", -12, List.of("a", "b"));

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }

  @Test
  void aRecordIsWrittenAndReadBack() {
    byte[] json = JSON.toBytes(ORDER);

    assertThat(text(json)).isEqualTo("{\"id\":\"é😀\\\"7\",\"amount\":-12,\"tags\":[\"a\",\"b\"]}");
    assertThat(JSON.fromBytes(json, Order.class)).isEqualTo(ORDER);
  }

  @Test
  void membersMayStandInAnyOrderWithWhiteSpaceAndEscapes() {
    String json =
        " { \"tags\" : [ ] ,\n\t\"amount\":7 , \"\\u0069d\":\"\\u00e9\\ud83d\\ude00\\/\" }\r\n";

    assertThat(JSON.fromBytes(utf8(json), Order.class)).isEqualTo(new Order("é😀/", 7, List.of()));
  }

  @Test
  void aSliceIsReadWithoutWhatStandsAroundIt() {
    byte[] all = utf8("xx[1,2,3]]]");

    assertThat(JSON.fromBytes(all, 2, 7, int[].class)).containsExactly(1, 2, 3);
    assertThat(JSON.fromBytes(all, 2, 7, new TypeReference<List<Integer>>() {}))
        .containsExactly(1, 2, 3);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> JSON.fromBytes(all, 5, 7, int[].class));
  }

  @Test
  void genericTypesAreReadAndWrittenByTheirTypeReference() {
    var type = new TypeReference<Map<String, List<Order>>>() {};
    Map<String, List<Order>> orders = Map.of("today", List.of(ORDER));

    assertThat(JSON.fromBytes(JSON.toBytes(orders, type), type)).isEqualTo(orders);
  }

  @Test
  void theSubtypesOfASealedTypeNeedNoList() {
    Event paid = new Paid(new BigDecimal("1.10"));
    Event sent = new Sent("me", Map.of("a", 1));
    var type = new TypeReference<List<Event>>() {};

    assertThat(text(JSON.toBytes(paid))).isEqualTo("{\"type\":\"paid\",\"amount\":1.10}");
    assertThat(JSON.fromBytes(JSON.toBytes(sent), Event.class)).isEqualTo(sent);
    assertThat(JSON.fromBytes(JSON.toBytes(List.of(paid, sent), type), type))
        .containsExactly(paid, sent);
  }

  @Test
  void aTypeIdThatStandsLastChangesNoNumber() {
    String json = "{\"amount\":0.1000000000000000000000000000000001,\"type\":\"paid\"}";

    assertThat(JSON.fromBytes(utf8(json), Event.class))
        .isEqualTo(new Paid(new BigDecimal("0.1000000000000000000000000000000001")));
  }

  @Test
  void namesThatAListGivesToSubtypesAreKept() {
    assertThat(text(JSON.toBytes(new Named(1))))
        .isEqualTo("{\"type\":\"by another name\",\"value\":1}");
    assertThat(JSON.fromBytes(JSON.toBytes(new Named(1)), Listed.class)).isEqualTo(new Named(1));
  }

  @Test
  void aSerializerMayCallTheSameJson() {
    assertThat(JSON.fromBytes(JSON.toBytes(new Nested(ORDER)), JsonNode.class).get("text").asText())
        .isEqualTo(text(JSON.toBytes(ORDER)));
  }

  @Test
  void primitivesAndTreesAreTypesToo() {
    assertThat(JSON.fromBytes(utf8("7"), int.class)).isEqualTo(7);
    assertThat(JSON.fromBytes(utf8("\"x\""), String.class)).isEqualTo("x");
    assertThat(JSON.fromBytes(utf8("null"), JsonNode.class).isNull()).isTrue();
    assertThat(JSON.fromBytes(utf8("[true,null]"), JsonNode.class)).hasSize(2);
    assertThat(text(JSON.toBytes(3.5))).isEqualTo("3.5");
  }

  @Test
  void nothingIsNoValue() {
    assertThatNullPointerException().isThrownBy(() -> JSON.toBytes(nothing()));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JSON.fromBytes(utf8(" null"), Order.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(JsonException.Reason.MISMATCH))
        .withMessage("null is no %s, at byte 0 (line 1, column 1)", Order.class.getName());
  }

  @SuppressWarnings("NullAway") // what a caller without NullAway may do
  private static Object nothing() {
    return Optional.empty().orElse(null);
  }

  @Test
  void aStreamGetsTheWholeMessageInOneCallOrNothing() throws IOException {
    var calls = new ByteArrayOutputStream();
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new AssertionError("byte by byte");
          }

          @Override
          public void write(byte[] bytes, int from, int count) {
            calls.write('|');
            calls.write(bytes, from, count);
          }

          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    JSON.write(List.of("x".repeat(1_000)), stream);
    assertThat(calls.toString(UTF_8)).isEqualTo("|[\"" + "x".repeat(1_000) + "\"]");

    calls.reset();
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JSON.write(List.of("x", new Object()), stream));
    assertThat(calls.size()).isZero();
  }

  @Test
  void whatTheStreamThrowsReachesTheCallerAndTheNextMessageIsWhole() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> JSON.write("lost", broken));
    assertThat(text(JSON.toBytes("kept"))).isEqualTo("\"kept\"");
  }

  @Test
  void theMapperSaysHowTypesAreMapped() {
    JsonMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    record Camel(int oneTwo) {}
    Json json = Json.builder().mapper(mapper).build();
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);

    assertThat(text(json.toBytes(new Camel(1)))).isEqualTo("{\"one_two\":1}");
    assertThat(json.fromBytes(utf8("{\"one_two\":1}"), Camel.class)).isEqualTo(new Camel(1));
  }

  @Test
  void optionsOutOfRangeAreRefusedWithTheirValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.builder().maxBytes(0))
        .withMessage("maxBytes must be from 1 to 2147483583, was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> Json.builder().maxDepth(10_001));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.builder().maxStringLength(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.builder().maxNumberLength(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.builder().maxNameLength(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.builder().names(1))
        .withMessage("names must be from 2 to 1048576, was 1");
  }

  @Test
  void valuesOfChosenMembersAreTheSameStringEachTime() {
    Json json = Json.builder().internValuesOf("id").build();
    byte[] bytes = utf8("{\"id\":\"eth_call\",\"amount\":1,\"tags\":[\"eth_call\"]}");
    json.fromBytes(bytes, Order.class);
    json.fromBytes(bytes, Order.class);

    Order one = json.fromBytes(bytes, Order.class);
    Order other = json.fromBytes(bytes, Order.class);

    assertThat(one).isEqualTo(new Order("eth_call", 1, List.of("eth_call")));
    assertThat(one.id()).isSameAs(other.id());
    assertThat(one.tags().getFirst()).isNotSameAs(one.id());
  }

  @Test
  void keysOfMapsAreTheSameStringEachTime() {
    var type = new TypeReference<Map<String, Integer>>() {};
    byte[] bytes = utf8("{\"some key\":1}");
    JSON.fromBytes(bytes, type);
    JSON.fromBytes(bytes, type);

    String one = JSON.fromBytes(bytes, type).keySet().iterator().next();
    String other = JSON.fromBytes(bytes, type).keySet().iterator().next();

    assertThat(one).isEqualTo("some key").isSameAs(other);
  }
}
