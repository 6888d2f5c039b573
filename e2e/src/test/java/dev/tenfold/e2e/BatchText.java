package dev.tenfold.e2e;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a batch into its members, as they were written. */
final class BatchText {
  private static final JsonFactory JSON = new JsonFactory();

  private BatchText() {}

  static List<String> members(String batch) {
    List<String> members = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(batch)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new AssertionError("not a batch: " + batch);
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        members.add(batch.substring(from, (int) parser.currentLocation().getCharOffset()));
      }
      return members;
    } catch (IOException e) {
      throw new UncheckedIOException(batch, e);
    }
  }
}
