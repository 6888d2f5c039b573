package dev.tenfold.gateway.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tenfold.simnode.RpcFailure;
import dev.tenfold.simnode.SimView;
import java.io.UncheckedIOException;

/** JSON, and what a view of a chain answers, as text. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Json() {}

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ArrayNode array(String... texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (String text : texts) {
      array.add(text);
    }
    return array;
  }

  static JsonNode quantity(long number) {
    return JsonNodeFactory.instance.textNode("0x" + Long.toHexString(number));
  }

  static JsonNode call(SimView view, String method, JsonNode params) {
    return view.call(method, params);
  }

  /** The result as text, or the error as a node writes it. */
  static String outcome(SimView view, String method, JsonNode params) {
    try {
      return view.call(method, params).toString();
    } catch (RpcFailure e) {
      var error = JsonNodeFactory.instance.objectNode();
      error.put("code", e.code()).put("message", e.text());
      if (e.data() != null) {
        error.put("data", e.data());
      }
      return error.toString();
    }
  }
}
