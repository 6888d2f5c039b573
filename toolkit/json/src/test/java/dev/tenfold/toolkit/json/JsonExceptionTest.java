package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.tenfold.toolkit.json.JsonException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a bad message: the rule and the place, and nothing of what stands there. */
class JsonExceptionTest {

  enum Colour {
    RED
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  sealed interface Shape {}

  record Circle(int radius) implements Shape {}

  record Paint(String name, int litres, @Nullable Colour colour, @Nullable List<Shape> shapes) {
    Paint {
      if ("SECRET".equals(name)) {
        throw new IllegalArgumentException("no paint is called " + name);
      }
    }
  }

  @JsonDeserialize(using = Thrower.class)
  record Odd() {}

  static final class Thrower extends JsonDeserializer<Odd> {
    @Override
    public Odd deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      throw new IllegalStateException("SECRET " + parser.getText());
    }
  }

  private static final Json JSON = Json.create();

  private static JsonException refused(Json json, String message, Class<?> type) {
    JsonException e =
        catchThrowableOfType(
            JsonException.class, () -> json.fromBytes(message.getBytes(UTF_8), type));
    assertThat(e).as(message).isNotNull();
    return e;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                  | MALFORMED |  0 | the message ends too early
          `  `                                | MALFORMED |  2 | the message ends too early
          {"name":"SECRET                     | MALFORMED | 15 | the message ends too early
          {"name":                            | MALFORMED |  8 | the message ends too early
          {"name":SECRET}                     | MALFORMED |  8 | a value is missing
          {"name" "SECRET"}                   | MALFORMED |  8 | a colon is missing
          {"name":"a" "litres":1}             | MALFORMED | 12 | a comma is missing
          {"name":"a",}                       | MALFORMED | 12 | a name is missing
          {SECRET:1}                          | MALFORMED |  1 | a name is missing
          {"name":"a"]                        | MALFORMED | 11 | a bracket closes nothing
          {"name":"a"}SECRET                  | MALFORMED | 12 | something follows the value
          {"name":"a"}{}                      | MALFORMED | 12 | something follows the value
          {"name":"\\SECRET"}                 | MALFORMED | 10 | an escape is not known
          {"name":"\\u00SE"}                  | MALFORMED | 13 | an escape needs four hex digits
          {"name":tSECRET}                    | MALFORMED |  9 | a word is not true, false or null
          {"litres":-SECRET}                  | MALFORMED | 11 | a number needs a digit
          {"litres":1.e5}                     | MALFORMED | 12 | a number needs a digit
          {"litres":1e}                       | MALFORMED | 12 | a number needs a digit
          {"litres":01}                       | MALFORMED | 11 | a comma is missing
          {"litres":"SECRET"}                 | MISMATCH  | 10 | a value is no int
          {"litres":99999999999}              | MISMATCH  | 10 | a number is out of range of int
          {"litres":1,"SECRET":2}             | MISMATCH  | 22 | a member is not known
          {"colour":"SECRET"}                 | MISMATCH  | 10 | a value is no dev.tenfold.toolkit.json.JsonExceptionTest$Colour
          {"shapes":[{"kind":"SECRET"}]}      | MISMATCH  | 19 | a type id is missing or not known
          {"shapes":[{"radius":1}]}           | MISMATCH  | 22 | a type id is missing or not known
          ["SECRET"]                          | MISMATCH  |  0 | a value is no dev.tenfold.toolkit.json.JsonExceptionTest$Paint
          {"name":"SECRET"}                   | MISMATCH  | 16 | a value is no dev.tenfold.toolkit.json.JsonExceptionTest$Paint: IllegalArgumentException
          """)
  void theRuleAndThePlaceAreNamedAndNothingIsQuoted(
      String message, Reason reason, int offset, String rule) {
    JsonException e = refused(JSON, message, Paint.class);

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessage("%s, at byte %d (line 1, column %d)", rule, offset, offset + 1);
    assertThat(e.offset()).isEqualTo(offset);
    assertThat(e).hasNoCause().hasNoSuppressedExceptions();
    assertThat(e.toString()).doesNotContain("SECRET");
  }

  @Test
  void theLineAndTheColumnAreThoseOfTheMessageAndNotOfTheArray() {
    byte[] array = "\n\nxx{\n  \"litres\":\n tru }".getBytes(UTF_8);

    JsonException e =
        catchThrowableOfType(
            JsonException.class, () -> JSON.fromBytes(array, 4, array.length - 4, Paint.class));

    assertThat(e.offset()).isEqualTo(18);
    assertThat(e.line()).isEqualTo(3);
    assertThat(e.column()).isEqualTo(5);
  }

  @Test
  void bytesThatAreNoUtf8AndControlCharactersAreRefusedInNamesAndTexts() {
    for (int[] bad : new int[][] {{0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xFF}, {0xE2, 0x82}, {0x1F}}) {
      byte[] message = "{\"name\":\"aSECRETxxxxx\"}".getBytes(UTF_8);
      for (int i = 0; i < bad.length; i++) {
        message[10 + i] = (byte) bad[i];
      }

      JsonException e =
          catchThrowableOfType(JsonException.class, () -> JSON.fromBytes(message, Paint.class));

      assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
      assertThat(e.offset()).isEqualTo(10);
    }
  }

  @Test
  void whatADeserializerThrowsIsNamedByItsClassOnly() {
    JsonException inside = refused(JSON, "\"SECRET\"", Odd.class);

    assertThat(inside).hasMessage("a value was refused by IllegalStateException").hasNoCause();
    assertThat(inside.reason()).isEqualTo(Reason.MISMATCH);
    assertThat(inside.offset()).isEqualTo(-1);
    assertThat(inside.line()).isZero();
    assertThat(inside.column()).isZero();
  }

  @Test
  void causesAreKeptWhereThatWasAskedFor() {
    Json json = Json.builder().keepCauses().build();

    assertThat(refused(json, "{\"name\":\"SECRET\"}", Paint.class))
        .hasRootCauseMessage("no paint is called SECRET");
    assertThat(refused(json, "{", Paint.class).getCause()).isNotNull();
  }

  @Test
  void aTypeThatCannotBeReadIsAFaultOfTheProgram() {
    JsonException e = refused(JSON, "{}", Runnable.class);

    assertThat(e.reason()).isEqualTo(Reason.MAPPING);
    assertThat(e).hasMessageStartingWith("cannot read java.lang.Runnable").cause().isNotNull();
  }

  @Test
  void aValueThatCannotBeWrittenIsAFaultOfTheProgram() {
    Map<String, Object> value = Map.of("key", new Object());

    JsonException e = catchThrowableOfType(JsonException.class, () -> JSON.toBytes(value));

    assertThat(e.reason()).isEqualTo(Reason.MAPPING);
    assertThat(e).hasMessage("cannot write " + value.getClass().getTypeName()).cause().isNotNull();
    assertThat(e.offset()).isEqualTo(-1);
  }

  @Test
  void aMessageAfterABadOneIsReadAsIfNothingHadBeen() {
    for (int i = 0; i < 20; i++) {
      refused(JSON, "{\"name\":\"a\",\"shapes\":[{\"kind\":[", Paint.class);
      assertThat(
              JSON.fromBytes(
                  "{\"name\":\"b\",\"litres\":%d}".formatted(i).getBytes(UTF_8), Paint.class))
          .isEqualTo(new Paint("b", i, null, null));
      assertThatExceptionOfType(JsonException.class)
          .isThrownBy(() -> JSON.toBytes(List.of("a", List.of(new Object()))));
      assertThat(new String(JSON.toBytes(List.of(i)), UTF_8)).isEqualTo("[" + i + "]");
    }
  }

  @Test
  void numbersThatAreNoKeysAreRefusedToo() {
    JsonException e =
        catchThrowableOfType(
            JsonException.class,
            () ->
                JSON.fromBytes(
                    "{\"SECRET\":1}".getBytes(UTF_8),
                    new TypeReference<Map<Integer, Integer>>() {}));

    assertThat(e.reason()).isEqualTo(Reason.MISMATCH);
    assertThat(e.getMessage()).doesNotContain("SECRET");
  }
}
