package dev.tenfold.toolkit.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is taken over from a mapper, and what is refused because it would be ignored. */
class MapperCheckTest {

  private static void isRefused(ObjectMapper mapper, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.builder().mapper(mapper))
        .withMessage("this mapper cannot be used: " + why);
  }

  @ParameterizedTest
  @EnumSource(JsonReadFeature.class)
  void leniencyInReadingIsRefused(JsonReadFeature feature) {
    isRefused(
        JsonMapper.builder().enable(feature).build(), feature.mappedFeature().name() + " is on");
  }

  @Test
  void otherSpellingsInWritingAreRefused() {
    isRefused(
        JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build(),
        "ESCAPE_NON_ASCII is on");
    isRefused(
        JsonMapper.builder().disable(JsonWriteFeature.QUOTE_FIELD_NAMES).build(),
        "QUOTE_FIELD_NAMES is off");
    isRefused(
        JsonMapper.builder().enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS).build(),
        "WRITE_NUMBERS_AS_STRINGS is on");
    isRefused(
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build(),
        "INDENT_OUTPUT is on");
    isRefused(
        new JsonMapper(new JsonFactoryBuilder().characterEscapes(new NoEscapes()).build()),
        "it has escapes of its own");
  }

  @Test
  void anotherFormatIsRefused() {
    JsonFactory factory = new JsonFactory() {};

    isRefused(new ObjectMapper(factory), "its factory is a " + factory.getClass().getTypeName());
  }

  @Test
  void duplicatesAreRefusedWhereTheMapperRefusesThem() {
    byte[] twice = "{\"a\":{\"b\":1},\"a\":{\"b\":1}}".getBytes(UTF_8);
    Json strict =
        Json.builder()
            .mapper(
                JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .build();

    assertThat(Json.create().fromBytes(twice, JsonNode.class)).hasSize(1);
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> strict.fromBytes(twice, JsonNode.class))
        .withMessage("a name stands twice, at byte 13 (line 1, column 14)");
    strict.fromBytes("[{\"a\":1},{\"a\":1}]".getBytes(UTF_8), JsonNode.class);
  }

  @Test
  void plainDecimalsAreWrittenWhereTheMapperWritesThem() {
    Json plain =
        Json.builder()
            .mapper(
                JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build())
            .build();
    Map<String, Object> value = Map.of("a", new BigDecimal("1E+3"));

    assertThat(new String(plain.toBytes(value), UTF_8)).isEqualTo("{\"a\":1000}");
    assertThat(new String(Json.create().toBytes(value), UTF_8)).isEqualTo("{\"a\":1E+3}");
  }

  private static final class NoEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      return standardAsciiEscapesForJSON();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int ch) {
      return null;
    }
  }
}
