package dev.tenfold.toolkit.json;

import org.jspecify.annotations.Nullable;

/**
 * JSON could not be read or written. The message names the rule and the place, and quotes nothing
 * of what was read, so it may be logged and sent back.
 *
 * <p>There is a cause only where it is a fault of the program ({@link Reason#MAPPING}), or where
 * {@link Json.Builder#keepCauses} asked for it.
 */
public final class JsonException extends RuntimeException {

  /** What kind of failure it is, and so whose. */
  public enum Reason {
    /** Not JSON by RFC 8259, or not UTF-8: a fault of who sent it. */
    MALFORMED,
    /** Larger, deeper or longer than the limits of {@link Json.Builder} allow. */
    LIMIT,
    /** JSON, but not what the type wants: a fault of who sent it. */
    MISMATCH,
    /** The type cannot be read, or the value cannot be written: a fault of the program. */
    MAPPING
  }

  private final Reason reason;
  private final int offset;
  private final int line;
  private final int column;

  JsonException(Reason reason, String rule, Place place, @Nullable Throwable cause) {
    super(place.isKnown() ? rule + ", at " + place : rule, cause);
    this.reason = reason;
    this.offset = place.offset();
    this.line = place.line();
    this.column = place.column();
  }

  /** What kind of failure it is. */
  public Reason reason() {
    return reason;
  }

  /** How many bytes come before the place, from the start of the message; -1 if not known. */
  public int offset() {
    return offset;
  }

  /** The line of the place, from 1; 0 if not known. Lines end with {@code \n}. */
  public int line() {
    return line;
  }

  /** The column of the place in bytes, from 1; 0 if not known. */
  public int column() {
    return column;
  }
}
