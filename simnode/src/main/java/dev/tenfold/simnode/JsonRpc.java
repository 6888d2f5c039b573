package dev.tenfold.simnode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The envelope of JSON-RPC 2.0. */
final class JsonRpc {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonRpc() {}

  /**
   * The value in a body.
   *
   * @throws RpcFailure if it is not exactly one JSON value
   */
  static JsonNode parse(byte[] body) {
    try {
      JsonNode value = MAPPER.readTree(body);
      if (!value.isMissingNode()) {
        return value;
      }
    } catch (IOException e) {
      throw new RpcFailure(RpcFailure.PARSE_ERROR, "parse error");
    }
    throw new RpcFailure(RpcFailure.PARSE_ERROR, "parse error");
  }

  /**
   * The calls in a value: its elements, or itself.
   *
   * @throws RpcFailure if it is an empty array
   */
  static List<JsonNode> members(JsonNode value) {
    if (!value.isArray()) {
      return List.of(value);
    }
    if (value.isEmpty()) {
      throw new RpcFailure(RpcFailure.INVALID_REQUEST, "empty batch");
    }
    List<JsonNode> members = new ArrayList<>();
    value.forEach(members::add);
    return members;
  }

  /** True if the member is a call by the letter. */
  static boolean isCall(JsonNode member) {
    JsonNode params = member.path("params");
    return member.isObject()
        && "2.0".equals(member.path("jsonrpc").textValue())
        && member.path("method").isTextual()
        && (params.isMissingNode() || params.isNull() || params.isContainerNode())
        && isId(member.path("id"));
  }

  /** True if a call by the letter wants no answer. */
  static boolean isNotification(JsonNode call) {
    return !call.has("id");
  }

  private static boolean isId(JsonNode id) {
    return id.isMissingNode() || id.isNull() || id.isTextual() || id.isNumber();
  }

  static ObjectNode result(JsonNode member, JsonNode result) {
    ObjectNode answer = envelope(member);
    answer.set("result", result);
    return answer;
  }

  /** An error; the id is null where the member has none that can be used. */
  static ObjectNode error(@Nullable JsonNode member, RpcFailure failure) {
    ObjectNode answer = envelope(member);
    ObjectNode error = answer.putObject("error");
    error.put("code", failure.code());
    error.put("message", failure.text());
    if (failure.data() != null) {
      error.put("data", failure.data());
    }
    return answer;
  }

  static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode envelope(@Nullable JsonNode member) {
    ObjectNode answer = JSON.objectNode();
    answer.put("jsonrpc", "2.0");
    JsonNode id = member == null ? JSON.nullNode() : member.path("id");
    answer.set("id", isId(id) && !id.isMissingNode() ? id : JSON.nullNode());
    return answer;
  }
}
