package dev.tenfold.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The description of the API (OpenAPI 3.1). */
final class OpenApi {
  private static final String FILE = "openapi.json";

  private OpenApi() {}

  static JsonNode document() {
    try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
      return new JsonMapper().readTree(Objects.requireNonNull(in, FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
