package dev.tenfold.toolkit.jsonrpc;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON value means to a cache, as an object to be compared: read by Jackson, hex digits
 * folded, numbers as they are written, members without order.
 */
final class Meaning {
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]*");

  private Meaning() {}

  /**
   * The meaning; empty for what is not valid, too deep, or has two members of one name, whatever
   * its case.
   */
  static Optional<Object> of(byte[] json) {
    try {
      OracleReader reader = new OracleReader(json, CanonicalWriter.MAX_DEPTH);
      if (reader.startsWithByteOrderMark()) {
        return Optional.empty();
      }
      Object meaning = value(reader, reader.next());
      reader.expectEnd();
      return Optional.of(meaning);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Object value(OracleReader reader, @Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw new IOException("cut off");
    }
    return switch (token) {
      case START_ARRAY -> array(reader);
      case START_OBJECT -> object(reader);
      case VALUE_STRING -> fold(reader.text());
      default -> new JsonMaker.Word(reader.text());
    };
  }

  private static List<Object> array(OracleReader reader) throws IOException {
    List<Object> array = new ArrayList<>();
    for (JsonToken token = reader.next(); token != JsonToken.END_ARRAY; token = reader.next()) {
      array.add(value(reader, token));
    }
    return array;
  }

  private static Map<String, Object> object(OracleReader reader) throws IOException {
    Map<String, Object> object = new HashMap<>();
    Set<String> names = new HashSet<>();
    while (reader.next() != JsonToken.END_OBJECT) {
      String name = fold(reader.text());
      object.put(name, value(reader, reader.next()));
      if (!names.add(withoutCase(name))) {
        throw new IOException("two members are named " + name);
      }
    }
    return object;
  }

  /** Of ASCII letters only. */
  static String withoutCase(String name) {
    return name.chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  static String fold(String text) {
    return isHex(text) ? text.toLowerCase(Locale.ROOT) : text;
  }
}
