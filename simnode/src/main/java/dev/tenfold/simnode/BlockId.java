package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How a caller names a block: a tag, a number, a hash, or an object of EIP-1898. */
sealed interface BlockId {
  /** A tag of the execution API. */
  enum Tag implements BlockId {
    EARLIEST,
    FINALIZED,
    SAFE,
    LATEST,
    PENDING;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A height. */
  record Height(long number) implements BlockId {}

  /** A hash; with {@code requireCanonical} an orphan is refused. */
  record Hash(String hash, boolean requireCanonical) implements BlockId {}

  /** A number or a tag. */
  static BlockId numberOrTag(JsonNode node, int argument) {
    if (!node.isTextual()) {
      throw RpcFailure.invalidParams(
          "invalid argument " + argument + ": a block is a tag or a hex quantity");
    }
    for (Tag tag : Tag.values()) {
      if (tag.word().equals(node.textValue())) {
        return tag;
      }
    }
    return new Height(Params.parseQuantity(node.textValue(), argument));
  }

  /** A number, a tag, a hash as a string, or an object of EIP-1898. */
  static BlockId any(JsonNode node, int argument) {
    if (node.isObject()) {
      return object(node, argument);
    }
    if (node.isTextual() && node.textValue().length() == 66) {
      return new Hash(Params.parseData(node.textValue(), 32, argument), false);
    }
    return numberOrTag(node, argument);
  }

  private static BlockId object(JsonNode node, int argument) {
    JsonNode hash = node.path("blockHash");
    JsonNode number = node.path("blockNumber");
    if (hash.isTextual() == number.isTextual()) {
      throw RpcFailure.invalidParams(
          "invalid argument " + argument + ": exactly one of blockHash and blockNumber is needed");
    }
    if (number.isTextual()) {
      return numberOrTag(number, argument);
    }
    return new Hash(
        Params.parseData(hash.textValue(), 32, argument),
        node.path("requireCanonical").asBoolean());
  }
}
