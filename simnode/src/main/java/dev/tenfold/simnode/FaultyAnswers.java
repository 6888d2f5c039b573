package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes good answers bad. */
final class FaultyAnswers {
  private FaultyAnswers() {}

  /** The answer of a node that does not look at the request. */
  static NodeAnswer refusal(Fault fault, Duration delay) {
    return switch (fault.kind()) {
      case HTTP_429 ->
          new NodeAnswer(
              NodeAnswer.Ending.ANSWERED,
              429,
              Map.of(
                  "Content-Type",
                  "text/plain",
                  "Retry-After",
                  Long.toString(fault.retryAfter().toSeconds())),
              ascii("Too Many Requests"),
              delay);
      case HTTP_502 -> page(502, "Bad Gateway", delay);
      default -> page(500, "Internal Server Error", delay);
    };
  }

  /** The request's answer after a fault that is not of single calls. */
  static NodeAnswer apply(Fault fault, NodeAnswer whole, boolean batch) {
    byte[] body = whole.body();
    return switch (fault.kind()) {
      case DROP -> whole.with(NodeAnswer.Ending.DROPPED);
      case SILENCE -> whole.with(NodeAnswer.Ending.SILENT);
      case CUT_OFF -> whole.with(NodeAnswer.Ending.CUT_OFF);
      case EMPTY -> whole.with(new byte[0]);
      case TRUNCATED -> whole.with(Arrays.copyOf(body, body.length / 2));
      case INVALID_JSON -> whole.with(ascii("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":oops}"));
      case DUPLICATED -> whole.with(batch ? firstTwice(body) : Rlp.join(body, body));
      default -> whole;
    };
  }

  /** Ends the call where the fault is an error. */
  static void refuse(Fault.Kind kind) {
    if (kind == Fault.Kind.INTERNAL_ERROR) {
      throw new RpcFailure(RpcFailure.INTERNAL, "internal error");
    }
    if (kind == Fault.Kind.RATE_LIMITED) {
      throw new RpcFailure(RpcFailure.LIMIT_EXCEEDED, "rate limit exceeded, slow down");
    }
  }

  /** The answer of one call after a fault of it. */
  static JsonNode spoil(Fault.Kind kind, ObjectNode answer) {
    switch (kind) {
      case WRONG_ID -> answer.put("id", "not the id that was asked");
      case NEITHER -> answer.remove(List.of("result", "error"));
      case NULL_RESULT -> {
        answer.remove("error");
        answer.set("result", NullNode.getInstance());
      }
      default -> {
        // the other faults of a call are errors already
      }
    }
    return answer;
  }

  private static byte[] firstTwice(byte[] body) {
    ArrayNode answers = (ArrayNode) JsonRpc.parse(body);
    answers.insert(0, answers.get(0));
    return JsonRpc.bytes(answers);
  }

  private static NodeAnswer page(int status, String title, Duration delay) {
    String html =
        "<html><head><title>" + title + "</title></head><body>" + title + "</body></html>";
    return new NodeAnswer(
        NodeAnswer.Ending.ANSWERED,
        status,
        Map.of("Content-Type", "text/html"),
        html.getBytes(StandardCharsets.US_ASCII),
        delay);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
