package dev.tenfold.gateway.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One call, as what it means: the parameters with names in place of the blocks that they name, and
 * what these names stand for.
 *
 * @param method its name
 * @param kind what the answer follows from
 * @param pattern the parameters; a text that is a key of {@code blocks} stands for a block
 * @param blocks numbers, tags, hashes or EIP-1898 objects
 */
record Query(String method, Kind kind, JsonNode pattern, Map<String, JsonNode> blocks) {

  /** What the answer to a method follows from. */
  enum Kind {
    /** One block near the head, which the node is asked for by its hash. */
    PINNED,
    /** Blocks by number; near the head, the node answers as it likes. */
    NUMBERED,
    /** A block by hash. */
    HASHED,
    /** A transaction, and the block that it is in. */
    TRANSACTION,
    /** The newest block. */
    HEAD,
    /** What the gateway itself believes of the chain. */
    LOCAL
  }

  Query {
    blocks = new TreeMap<>(blocks);
  }

  /** The parameters as they are asked. */
  JsonNode params() {
    return fill(pattern, node -> node);
  }

  /** The parameters with something else in place of each block. */
  JsonNode params(UnaryOperator<JsonNode> instead) {
    return fill(pattern, instead);
  }

  private JsonNode fill(JsonNode node, UnaryOperator<JsonNode> instead) {
    JsonNode block = node.isTextual() ? blocks.get(node.textValue()) : null;
    if (block != null) {
      return instead.apply(block);
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> copy.add(fill(element, instead)));
      return copy;
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.fieldNames().forEachRemaining(name -> copy.set(name, fill(node.get(name), instead)));
      return copy;
    }
    return node;
  }

  /** The parameters with a block in the place of one that was left out. */
  JsonNode withLeftOut(JsonNode block) {
    ArrayNode params = params().deepCopy();
    if (blocks.isEmpty() && kind == Kind.PINNED) {
      if (params.get(0).has("topics")) {
        ((ObjectNode) params.get(0)).set("fromBlock", block);
        ((ObjectNode) params.get(0)).set("toBlock", block);
      } else {
        params.add(block);
      }
    }
    return params;
  }

  /** The blocks that it names, in no certain order; none where they were left out. */
  List<JsonNode> named() {
    return List.copyOf(blocks.values());
  }

  @Override
  public String toString() {
    return method + " " + params();
  }
}
