package dev.tenfold.gateway.rpc;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** Writes the error objects of JSON-RPC 2.0, section 5.1. */
final class ErrorJson {
  private ErrorJson() {}

  static byte[] of(int code, String message) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(message));
    return ("{\"code\":" + code + ",\"message\":\"" + quoted + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
