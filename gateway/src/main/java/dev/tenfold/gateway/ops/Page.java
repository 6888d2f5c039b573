package dev.tenfold.gateway.ops;

import java.util.function.Supplier;

/**
 * What one route of the ops port shows.
 *
 * @param contentType as in the header
 * @param body makes the page, each time it is asked for
 */
public record Page(String contentType, Supplier<String> body) {

  /** A page of plain text. */
  public static Page text(Supplier<String> body) {
    return new Page("text/plain; charset=utf-8", body);
  }

  /** A page of JSON. */
  public static Page json(Supplier<String> body) {
    return new Page("application/json", body);
  }
}
