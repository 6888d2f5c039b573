package dev.tenfold.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields with which a request is still a plain one: those that {@link PlainRequest}
 * reads, and those that mean nothing to us. A field that is to mean something one day is taken off
 * this list.
 */
final class PlainFields {
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");

  private static final byte[] BEARER = ascii("bearer ");

  /** What a field is to a plain request. */
  enum Field {
    HOST,
    CONTENT_LENGTH,
    CONNECTION,
    ACCEPT_ENCODING,
    AUTHORIZATION,
    X_API_KEY,
    X_FORWARDED_FOR,
    WITHOUT_MEANING
  }

  private static final List<String> WITHOUT_MEANING =
      List.of(
          "accept",
          "accept-language",
          "cache-control",
          "content-type",
          "dnt",
          "forwarded",
          "keep-alive",
          "pragma",
          "priority",
          "referer",
          "sec-fetch-dest",
          "sec-fetch-mode",
          "sec-fetch-site",
          "traceparent",
          "tracestate",
          "user-agent",
          "x-correlation-id",
          "x-forwarded-host",
          "x-forwarded-port",
          "x-forwarded-proto",
          "x-real-ip",
          "x-request-id");

  private record Name(byte[] lowerCase, Field field) {}

  private static final Name[][] BY_LENGTH = byLength();

  private PlainFields() {}

  /** The field with this name, in whatever case; null if it is not on the list. */
  static @Nullable Field named(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length >= BY_LENGTH.length) {
      return null;
    }
    for (Name name : BY_LENGTH[length]) {
      if (isLike(bytes, from, name.lowerCase())) {
        return name.field();
      }
    }
    return null;
  }

  static boolean isKeepAlive(byte[] bytes, int from, int to) {
    return to - from == KEEP_ALIVE.length && isLike(bytes, from, KEEP_ALIVE);
  }

  /** Where the token of {@code Bearer} begins (RFC 6750); -1 if it is of another scheme. */
  static int bearerToken(byte[] bytes, int from, int to) {
    if (to - from <= BEARER.length || !isLike(bytes, from, BEARER)) {
      return -1;
    }
    return from + BEARER.length;
  }

  private static boolean isLike(byte[] bytes, int from, byte[] lowerCase) {
    for (int i = 0; i < lowerCase.length; i++) {
      byte seen = bytes[from + i];
      boolean upper = seen >= 'A' && seen <= 'Z';
      if ((upper ? seen + ('a' - 'A') : seen) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static Name[][] byLength() {
    List<Name> names = new ArrayList<>();
    names.add(new Name(ascii("host"), Field.HOST));
    names.add(new Name(ascii("content-length"), Field.CONTENT_LENGTH));
    names.add(new Name(ascii("connection"), Field.CONNECTION));
    names.add(new Name(ascii("accept-encoding"), Field.ACCEPT_ENCODING));
    names.add(new Name(ascii("authorization"), Field.AUTHORIZATION));
    names.add(new Name(ascii("x-api-key"), Field.X_API_KEY));
    names.add(new Name(ascii("x-forwarded-for"), Field.X_FORWARDED_FOR));
    WITHOUT_MEANING.forEach(name -> names.add(new Name(ascii(name), Field.WITHOUT_MEANING)));
    int longest = names.stream().mapToInt(name -> name.lowerCase().length).max().orElseThrow();
    Name[][] table = new Name[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      table[length] =
          names.stream().filter(name -> name.lowerCase().length == wanted).toArray(Name[]::new);
    }
    return table;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
