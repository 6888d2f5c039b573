package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.JsonParseException;

/** What a {@link JsonLexer} throws: the rule that was broken, and the index where. */
final class BadInput extends JsonParseException {
  private static final long serialVersionUID = 1L;

  private final JsonException.Reason reason;
  private final int index;

  BadInput(JsonException.Reason reason, String rule, int index) {
    super(null, rule);
    this.reason = reason;
    this.index = index;
  }

  static BadInput malformed(String rule, int index) {
    return new BadInput(JsonException.Reason.MALFORMED, rule, index);
  }

  static BadInput limit(String rule, int index) {
    return new BadInput(JsonException.Reason.LIMIT, rule, index);
  }

  JsonException.Reason reason() {
    return reason;
  }

  String rule() {
    return getOriginalMessage();
  }

  /** The index in the array that was read. */
  int index() {
    return index;
  }

  /** Is always translated, so its own trace would be for nobody. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
