package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a route: the part of the path that its template leaves open, the query, and the
 * body.
 */
record Ask(String id, MultiMap query, InputStream body) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** For many values one after the other: what follows one is the next. */
  private static final ObjectMapper MANY =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The body, which is one object. */
  Fields fields() throws IOException {
    try {
      return new Fields(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw notJson(e);
    }
  }

  /** The body, which is empty or one object. */
  Fields fieldsIfAny() throws IOException {
    byte[] bytes = body.readAllBytes();
    try {
      return new Fields(bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw notJson(e);
    }
  }

  /** The body, which is an array of values, or values one after the other (NDJSON). */
  MappingIterator<JsonNode> values() throws IOException {
    return MANY.readerFor(JsonNode.class).readValues(body);
  }

  @Nullable String parameter(String name) {
    return query.get(name);
  }

  int number(String name, int fallback) {
    String text = query.get(name);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw Problem.in(name, "must be a whole number");
    }
    return Integer.parseInt(text);
  }

  /** Refuses what the route does not know. */
  void knowsOnly(Set<String> parameters) {
    for (String name : query.names()) {
      if (!parameters.contains(name)) {
        throw Problem.of(400, "a parameter is not known; there are " + parameters);
      }
    }
  }

  /** Says where it is wrong, and nothing of what stands there. */
  static Problem notJson(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : ", line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr();
    return Problem.of(400, "the body is not valid JSON" + where);
  }
}
