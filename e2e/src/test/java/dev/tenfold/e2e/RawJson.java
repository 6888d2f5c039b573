package dev.tenfold.e2e;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Cuts values out of JSON as they were written, digit for digit. */
final class RawJson {
  private static final JsonFactory JSON = new JsonFactory();

  private RawJson() {}

  /** The value of a member of the object at the top level; fails if there is none. */
  static String member(String json, String name) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(name);
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        if (found) {
          return json.substring(from, to).strip();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
    throw new AssertionError("no member " + name + " in " + json);
  }
}
