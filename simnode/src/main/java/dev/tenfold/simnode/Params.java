package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of one call, read by position. Wrong ones end the call with -32602. */
final class Params {
  private static final Pattern QUANTITY = Pattern.compile("0x(0|[1-9a-fA-F][0-9a-fA-F]{0,15})");
  private static final Pattern DATA = Pattern.compile("0x[0-9a-fA-F]*");

  private final JsonNode values;
  private final boolean hashes;

  Params(@Nullable JsonNode values) {
    this(values, true);
  }

  /**
   * Takes the {@code params} member.
   *
   * @param hashes false: a block that is named by its hash is refused
   * @throws RpcFailure if it is neither absent, null nor an array: no method here takes names
   */
  Params(@Nullable JsonNode values, boolean hashes) {
    if (values != null && !values.isNull() && !values.isMissingNode() && !values.isArray()) {
      throw RpcFailure.invalidParams("non-array args");
    }
    this.values = values == null ? MissingNode.getInstance() : values;
    this.hashes = hashes;
  }

  int size() {
    return values.size();
  }

  void atMost(int count) {
    if (values.size() > count) {
      throw RpcFailure.invalidParams("too many arguments, want at most " + count);
    }
  }

  JsonNode required(int index) {
    JsonNode value = optional(index);
    if (value == null) {
      throw RpcFailure.invalidParams("missing value for required argument " + index);
    }
    return value;
  }

  /** The value, or null where it is absent or null. */
  @Nullable JsonNode optional(int index) {
    JsonNode value = values.get(index);
    return value == null || value.isNull() ? null : value;
  }

  String text(int index) {
    JsonNode value = required(index);
    if (!value.isTextual()) {
      throw RpcFailure.invalidParams("invalid argument " + index + ": a string is needed");
    }
    return value.textValue();
  }

  String hash(int index) {
    return parseData(text(index), 32, index);
  }

  String address(int index) {
    return parseData(text(index), 20, index);
  }

  /** A hex quantity; a plain number will do, too. */
  long quantity(int index) {
    JsonNode value = required(index);
    boolean number = value.canConvertToLong() && value.isIntegralNumber() && value.longValue() >= 0;
    return number ? value.longValue() : parseQuantity(text(index), index);
  }

  long quantityOr(int index, long other) {
    return optional(index) == null ? other : quantity(index);
  }

  boolean flag(int index) {
    JsonNode value = optional(index);
    return value != null && value.asBoolean();
  }

  /** A block by number or tag. */
  BlockId number(int index) {
    return BlockId.numberOrTag(required(index), index);
  }

  /** A block by number, tag, hash or EIP-1898 object; {@code latest} where it was left out. */
  BlockId block(int index) {
    JsonNode value = optional(index);
    BlockId id = value == null ? BlockId.Tag.LATEST : BlockId.any(value, index);
    if (id instanceof BlockId.Hash) {
      requireHashes(index);
    }
    return id;
  }

  /** Ends the call if the method takes no block by hash here. */
  void requireHashes(int index) {
    if (!hashes) {
      throw RpcFailure.invalidParams(
          "invalid argument " + index + ": a block is a tag or a hex quantity");
    }
  }

  static long parseQuantity(String text, int argument) {
    if (!QUANTITY.matcher(text).matches() || (text.length() == 18 && text.charAt(2) > '7')) {
      throw RpcFailure.invalidParams(
          "invalid argument " + argument + ": \"" + text + "\" is no hex quantity");
    }
    return Long.parseUnsignedLong(text, 2, text.length(), 16);
  }

  /** Data of an exact length, in lower case; any length if {@code bytes} is negative. */
  static String parseData(String text, int bytes, int argument) {
    int digits = text.length() - 2;
    if (!DATA.matcher(text).matches() || digits % 2 != 0) {
      throw RpcFailure.invalidParams(
          "invalid argument " + argument + ": \"" + text + "\" is no hex data");
    }
    if (bytes >= 0 && digits != 2 * bytes) {
      throw RpcFailure.invalidParams(
          "invalid argument "
              + argument
              + ": hex string has length "
              + digits
              + ", want "
              + 2 * bytes);
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
