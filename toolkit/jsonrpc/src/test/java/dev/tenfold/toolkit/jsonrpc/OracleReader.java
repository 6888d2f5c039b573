package dev.tenfold.toolkit.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the oracles read with: the JDK's strict UTF-8 decoder, then Jackson on the characters, with
 * its limits raised. Text behind the first malformed byte is not there, and is missed at the end.
 */
final class OracleReader {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** An escape with a character above ASCII where a hex digit has to be, or any other escape. */
  private static final Pattern ESCAPE =
      Pattern.compile("(\\\\u[0-9a-fA-F]{0,3})[^\\x00-\\x7F]|\\\\.");

  /** A value's place in the bytes. */
  record Span(int from, int to) {
    static final Span NONE = new Span(0, 0);
  }

  /** More levels are open than there may be. */
  static final class TooDeepException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final String text;
  private final boolean malformed;
  private final int[] byteOffsets;
  private final LoneSurrogates loneSurrogates;
  private final JsonParser parser;
  private final int maxDepth;
  private int depth;

  OracleReader(byte[] bytes, int maxDepth) throws IOException {
    CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.malformed = decoder.decode(ByteBuffer.wrap(bytes), chars, true).isError();
    this.text = chars.flip().toString();
    this.byteOffsets = byteOffsets(text);
    this.loneSurrogates = LoneSurrogates.in(text);
    this.parser = JACKSON.createParser(loneSurrogates.replace(spoilt(text)));
    this.maxDepth = maxDepth;
  }

  /**
   * Jackson looks at the lower eight bits of a hex digit only, and takes {@code U+0145} for an E.
   * What it would get wrong is made wrong for it too.
   */
  private static String spoilt(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape -> {
              String start = escape.group(1);
              return Matcher.quoteReplacement(start == null ? escape.group() : start + "-");
            });
  }

  private static int[] byteOffsets(String text) {
    int[] offsets = new int[text.length() + 1];
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      offsets[i] = bytes;
      char c = text.charAt(i);
      // Each half of a surrogate pair stands for two of the pair's four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    offsets[text.length()] = bytes;
    return offsets;
  }

  boolean startsWithByteOrderMark() {
    return text.startsWith(BYTE_ORDER_MARK);
  }

  @Nullable JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token != null && token.isStructStart() && ++depth > maxDepth) {
      throw new TooDeepException();
    }
    if (token != null && token.isStructEnd()) {
      depth--;
    }
    return token;
  }

  /** The name or the string at hand, decoded. */
  String text() throws IOException {
    String read = parser.getText();
    return loneSurrogates.restore(read);
  }

  /** The byte at which the token that was read last starts. */
  int tokenStart() {
    return byteOffsets[(int) parser.currentTokenLocation().getCharOffset()];
  }

  /** Passes over the value whose first token was read last. */
  Span value() throws IOException {
    int from = (int) parser.currentTokenLocation().getCharOffset();
    JsonToken token = parser.currentToken();
    if (token.isStructStart()) {
      int outside = depth - 1;
      while (depth > outside) {
        if (next() == null) {
          throw new IOException("cut off");
        }
        parser.finishToken();
      }
    }
    parser.finishToken();
    return new Span(byteOffsets[from], byteOffsets[end(from)]);
  }

  private int end(int from) throws IOException {
    return parser.currentToken().isNumeric()
        ? from + parser.getTextLength()
        : (int) parser.currentLocation().getCharOffset();
  }

  /** Whether the first character behind the value that was passed last is a comma. */
  boolean commaFollows() throws IOException {
    int at = end((int) parser.currentTokenLocation().getCharOffset());
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() && text.charAt(at) == ',';
  }

  void expectEnd() throws IOException {
    if (next() != null || malformed) {
      throw new IOException("more follows");
    }
  }
}
