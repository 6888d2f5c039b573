package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.NumberInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * What the number at which a reader stands is in Java. Follows Jackson's own parser: a fraction is
 * a double unless more is asked for, and what does not fit is refused.
 */
final class JsonNumber {
  /** With so many digits at most, the sum below cannot overflow. */
  private static final int SURE_DIGITS = 18;

  private final JsonReader reader;
  private final JsonLexer lexer;

  private boolean known;
  private boolean small;
  private long value;

  JsonNumber(JsonReader reader, JsonLexer lexer) {
    this.reader = reader;
    this.lexer = lexer;
  }

  /** Forgets the last one. */
  void clear() {
    known = false;
  }

  /** Whether it is an integer of 64 bits; {@code value} is it then. */
  private boolean isSmall() throws IOException {
    if (!known) {
      small = isInteger() && parse();
      known = true;
    }
    return small;
  }

  private boolean isInteger() throws IOException {
    JsonToken token = reader.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return true;
    }
    if (token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw mismatch("a number is wanted");
    }
    return false;
  }

  private boolean parse() {
    byte[] json = lexer.json();
    int to = lexer.to();
    boolean negative = json[lexer.from()] == '-';
    int first = negative ? lexer.from() + 1 : lexer.from();
    if (to - first > SURE_DIGITS) {
      String digits = new String(json, first, to - first, StandardCharsets.US_ASCII);
      if (!NumberInput.inLongRange(digits, negative)) {
        return false;
      }
      value = Long.parseLong(lexer.numberText());
      return true;
    }
    value = negative ? -lexer.whole() : lexer.whole();
    return true;
  }

  NumberType type() throws IOException {
    if (isSmall()) {
      return value == (int) value ? NumberType.INT : NumberType.LONG;
    }
    return isInteger() ? NumberType.BIG_INTEGER : NumberType.DOUBLE;
  }

  Number value() throws IOException {
    if (!isSmall()) {
      return isInteger() ? bigIntegerValue() : (Number) doubleValue();
    }
    if (value == (int) value) {
      return (int) value;
    }
    return value;
  }

  int intValue() throws IOException {
    if (isSmall()) {
      if (value != (int) value) {
        throw outOfRange(int.class);
      }
      return (int) value;
    }
    if (isInteger()) {
      throw outOfRange(int.class);
    }
    double fraction = doubleValue();
    if (fraction < Integer.MIN_VALUE || fraction > Integer.MAX_VALUE) {
      throw outOfRange(int.class);
    }
    return (int) fraction;
  }

  long longValue() throws IOException {
    if (isSmall()) {
      return value;
    }
    if (isInteger()) {
      throw outOfRange(long.class);
    }
    double fraction = doubleValue();
    if (fraction < Long.MIN_VALUE || fraction > Long.MAX_VALUE) {
      throw outOfRange(long.class);
    }
    return (long) fraction;
  }

  private BadInput outOfRange(Class<?> type) {
    return mismatch("a number is out of range of " + type.getSimpleName());
  }

  private BadInput mismatch(String rule) {
    return new BadInput(JsonException.Reason.MISMATCH, rule, reader.tokenAt());
  }

  BigInteger bigIntegerValue() throws IOException {
    if (isSmall()) {
      return BigInteger.valueOf(value);
    }
    if (isInteger()) {
      return NumberInput.parseBigInteger(lexer.numberText(), fastBig());
    }
    BigDecimal decimal = decimalValue();
    reader.streamReadConstraints().validateBigIntegerScale(decimal.scale());
    return decimal.toBigInteger();
  }

  BigDecimal decimalValue() throws IOException {
    if (isSmall()) {
      return BigDecimal.valueOf(value);
    }
    try {
      return NumberInput.parseBigDecimal(lexer.numberText(), fastBig());
    } catch (NumberFormatException e) { // an exponent beyond 32 bits
      throw outOfRange(BigDecimal.class);
    }
  }

  float floatValue() throws IOException {
    return isSmall() ? value : NumberInput.parseFloat(lexer.numberText(), fastDouble());
  }

  double doubleValue() throws IOException {
    return isSmall() ? value : NumberInput.parseDouble(lexer.numberText(), fastDouble());
  }

  private boolean fastDouble() {
    return reader.isEnabled(StreamReadFeature.USE_FAST_DOUBLE_PARSER);
  }

  private boolean fastBig() {
    return reader.isEnabled(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER);
  }
}
