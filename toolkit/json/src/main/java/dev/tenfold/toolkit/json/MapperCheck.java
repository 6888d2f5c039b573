package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.MappingJsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.EnumSet;
import java.util.Set;

/** Refuses a mapper that asks for what the reader and the writer here do not do. */
@SuppressWarnings("deprecation") // features are listed by the names that factories know
final class MapperCheck {
  private static final Set<JsonParser.Feature> READER_FOLLOWS =
      EnumSet.of(
          JsonParser.Feature.AUTO_CLOSE_SOURCE,
          JsonParser.Feature.STRICT_DUPLICATE_DETECTION,
          JsonParser.Feature.IGNORE_UNDEFINED,
          JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION,
          JsonParser.Feature.USE_FAST_DOUBLE_PARSER,
          JsonParser.Feature.USE_FAST_BIG_NUMBER_PARSER,
          JsonParser.Feature.CLEAR_CURRENT_TOKEN_ON_CLOSE);

  private static final Set<JsonGenerator.Feature> WRITER_FOLLOWS =
      EnumSet.of(
          JsonGenerator.Feature.AUTO_CLOSE_TARGET,
          JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT,
          JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM,
          JsonGenerator.Feature.STRICT_DUPLICATE_DETECTION,
          JsonGenerator.Feature.IGNORE_UNKNOWN,
          JsonGenerator.Feature.USE_FAST_DOUBLE_WRITER,
          JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN,
          JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);

  private MapperCheck() {}

  static void check(ObjectMapper mapper) {
    JsonFactory factory = mapper.getFactory();
    Class<?> kind = factory.getClass();
    if (kind != JsonFactory.class && kind != MappingJsonFactory.class) {
      throw refused("its factory is a " + kind.getTypeName());
    }
    if (factory.getCharacterEscapes() != null) {
      throw refused("it has escapes of its own");
    }
    if (factory.getInputDecorator() != null || factory.getOutputDecorator() != null) {
      throw refused("its factory has a decorator");
    }
    if (mapper.isEnabled(SerializationFeature.INDENT_OUTPUT)) {
      throw refused("INDENT_OUTPUT is on");
    }
    for (JsonParser.Feature feature : JsonParser.Feature.values()) {
      if (!READER_FOLLOWS.contains(feature)) {
        check(feature, factory.isEnabled(feature), feature.enabledByDefault());
      }
    }
    for (JsonGenerator.Feature feature : JsonGenerator.Feature.values()) {
      if (!WRITER_FOLLOWS.contains(feature)) {
        check(feature, factory.isEnabled(feature), feature.enabledByDefault());
      }
    }
  }

  private static void check(Enum<?> feature, boolean on, boolean expected) {
    if (on != expected) {
      throw refused(feature.name() + " is " + (on ? "on" : "off"));
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("this mapper cannot be used: " + why);
  }
}
