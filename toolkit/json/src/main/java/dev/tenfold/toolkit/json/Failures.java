package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.tenfold.toolkit.json.JsonException.Reason;
import org.jspecify.annotations.Nullable;

/** Says what Jackson's exceptions mean, in words that quote nothing of the message. */
final class Failures {
  private final boolean keepCauses;

  Failures(boolean keepCauses) {
    this.keepCauses = keepCauses;
  }

  /** Why a message could not be read as a type. */
  JsonException reading(Exception thrown, byte[] json, int from, String type) {
    BadInput bad = find(thrown, BadInput.class);
    if (bad != null) {
      Place place = Place.of(json, from, bad.index());
      return new JsonException(bad.reason(), bad.rule(), place, kept(thrown));
    }
    Place place = place(thrown, json, from);
    if (thrown instanceof InvalidDefinitionException) {
      return new JsonException(Reason.MAPPING, "cannot read " + type, place, thrown);
    }
    if (find(thrown, StreamConstraintsException.class) != null) {
      String rule = "a value is larger than the limits allow";
      return new JsonException(Reason.LIMIT, rule, place, kept(thrown));
    }
    return new JsonException(Reason.MISMATCH, rule(thrown, type), place, kept(thrown));
  }

  /** A message that is null. */
  JsonException nothing(byte[] json, int from, String type) {
    Place place = Place.of(json, from, from);
    return new JsonException(Reason.MISMATCH, "null is no " + type, place, null);
  }

  /** Why a value could not be written. */
  JsonException writing(Exception thrown, Object value) {
    OutputTooLarge tooLarge = find(thrown, OutputTooLarge.class);
    if (tooLarge != null) {
      return new JsonException(Reason.LIMIT, tooLarge.getOriginalMessage(), Place.UNKNOWN, thrown);
    }
    String rule = "cannot write " + value.getClass().getTypeName();
    return new JsonException(Reason.MAPPING, rule, Place.UNKNOWN, thrown);
  }

  private @Nullable Exception kept(Exception thrown) {
    return keepCauses ? thrown : null;
  }

  private static String rule(Exception thrown, String type) {
    return switch (thrown) {
      case PropertyBindingException e -> "a member is not known";
      case InvalidTypeIdException e -> "a type id is missing or not known";
      case InvalidNullException e -> "null is not allowed";
      case ValueInstantiationException e -> refused(e.getType().getRawClass(), e);
      case MismatchedInputException e -> "a value is no " + name(e.getTargetType(), type);
      default -> refused(null, thrown);
    };
  }

  private static String refused(@Nullable Class<?> type, Exception thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    String by = cause.getClass().getSimpleName();
    return type == null
        ? "a value was refused by " + by
        : "a value is no " + name(type, "") + ": " + by;
  }

  private static String name(@Nullable Class<?> type, String otherwise) {
    return type == null ? otherwise : type.getTypeName();
  }

  private static Place place(Exception thrown, byte[] json, int from) {
    JsonProcessingException located = find(thrown, JsonProcessingException.class);
    JsonLocation location = located == null ? null : located.getLocation();
    int index = location == null ? -1 : (int) location.getByteOffset();
    return index < from || index > json.length ? Place.UNKNOWN : Place.of(json, from, index);
  }

  private static <X extends Throwable> @Nullable X find(Throwable thrown, Class<X> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
