package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that a caller sent. What has not its type is refused by name, and so
 * is, at the end, what nobody asked for. For one thread.
 */
final class Fields {
  private final JsonNode object;
  private final Set<String> asked = new HashSet<>();

  Fields(JsonNode json) {
    if (!json.isObject()) {
      throw Problem.of(400, "the body must be a JSON object");
    }
    object = json;
  }

  String text(String field) {
    String text = optionalText(field);
    if (text == null) {
      throw Problem.in(field, "is missing");
    }
    return text;
  }

  @Nullable String optionalText(String field) {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw Problem.in(field, "must be a text");
    }
    return value.textValue();
  }

  int number(String field, int fallback) {
    JsonNode value = value(field);
    if (value == null) {
      return fallback;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw Problem.in(field, "must be a whole number");
    }
    return value.intValue();
  }

  List<String> texts(String field) {
    JsonNode value = value(field);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> texts.add(item.isTextual() ? item.textValue() : "\0"));
    }
    if (!value.isArray() || texts.contains("\0")) {
      throw Problem.in(field, "must be a list of texts");
    }
    return texts;
  }

  @Nullable Instant time(String field) {
    String text = optionalText(field);
    return text == null ? null : time(field, text);
  }

  static Instant time(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw Problem.in(field, "must be a time such as 2026-11-30T12:00:00Z (RFC 3339)");
    }
  }

  /** Refuses what was not asked for. */
  void end() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                throw Problem.of(400, "a field is not known; there are " + asked);
              }
            });
  }

  private @Nullable JsonNode value(String field) {
    asked.add(field);
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value;
  }
}
