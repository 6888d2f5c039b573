package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What is answered. */
record Reply(int status, @Nullable JsonNode body) {
  static Reply ok(JsonNode body) {
    return new Reply(200, body);
  }

  static Reply created(JsonNode body) {
    return new Reply(201, body);
  }

  static Reply nothing() {
    return new Reply(204, null);
  }
}
