package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which logs a caller wants.
 *
 * @param addresses empty: of all contracts
 * @param topics what may be at each position; an empty set: anything
 */
record LogFilter(Set<String> addresses, List<Set<String>> topics) {

  /** Reads {@code address} and {@code topics} of the filter object. */
  static LogFilter of(JsonNode filter) {
    List<Set<String>> topics = new ArrayList<>();
    for (JsonNode position : filter.path("topics")) {
      topics.add(oneOrMany(position, 32));
    }
    if (topics.size() > 4) {
      throw RpcFailure.invalidParams("exceed max topics");
    }
    return new LogFilter(oneOrMany(filter.path("address"), 20), List.copyOf(topics));
  }

  private static Set<String> oneOrMany(JsonNode node, int bytes) {
    if (node.isTextual()) {
      return Set.of(Params.parseData(node.textValue(), bytes, 0));
    }
    List<String> values = new ArrayList<>();
    for (JsonNode value : node) {
      if (value.isNull()) {
        return Set.of();
      }
      values.add(Params.parseData(value.asText(), bytes, 0));
    }
    return Set.copyOf(values);
  }

  boolean matches(Log log) {
    if (!addresses.isEmpty() && !addresses.contains(log.address())) {
      return false;
    }
    if (topics.size() > log.topics().size()) {
      return false;
    }
    for (int i = 0; i < topics.size(); i++) {
      if (!topics.get(i).isEmpty() && !topics.get(i).contains(log.topics().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Adds the logs of the block that match. */
  void collect(Block block, boolean removed, ArrayNode into) {
    for (Receipt receipt : block.receipts()) {
      for (int i = 0; i < receipt.logs().size(); i++) {
        if (matches(receipt.logs().get(i))) {
          into.add(BlockJson.log(block, receipt, i, removed));
        }
      }
    }
  }

  /** The logs of one block or of a range, as the filter object says. */
  ArrayNode find(ChainSnapshot chain, JsonNode filter) {
    ArrayNode logs = BlockJson.array();
    JsonNode hash = filter.path("blockHash");
    if (hash.isTextual()) {
      if (filter.hasNonNull("fromBlock") || filter.hasNonNull("toBlock")) {
        throw RpcFailure.invalidParams(
            "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other");
      }
      BlockRef ref = chain.byHash(Params.parseData(hash.textValue(), 32, 0));
      if (ref == null) {
        throw RpcFailure.server("unknown block");
      }
      collect(chain.block(ref), false, logs);
      return logs;
    }
    collectRange(
        chain, end(chain, filter.path("fromBlock")), end(chain, filter.path("toBlock")), logs);
    return logs;
  }

  private void collectRange(ChainSnapshot chain, long from, long to, ArrayNode logs) {
    if (from > to) {
      throw RpcFailure.invalidParams("invalid block range params");
    }
    for (long number = from; number <= Math.min(to, chain.head().number()); number++) {
      BlockRef ref = chain.byNumber(number);
      if (ref != null) {
        collect(chain.block(ref), false, logs);
      }
      if (logs.size() > chain.options().maxLogs()) {
        throw new RpcFailure(
            RpcFailure.LIMIT_EXCEEDED,
            "query returned more than " + chain.options().maxLogs() + " results");
      }
    }
  }

  /** The number that an end of a range means; the head if it was left out. */
  static long end(ChainSnapshot chain, @Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return chain.head().number();
    }
    BlockId id = BlockId.numberOrTag(node, 0);
    if (id instanceof BlockId.Height height) {
      return height.number();
    }
    BlockRef ref = chain.resolve(id);
    return ref == null ? chain.head().number() : ref.number();
  }
}
