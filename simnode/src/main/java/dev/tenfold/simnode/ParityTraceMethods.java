package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.simnode.ChainSnapshot.Place;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Traces of what is in blocks, in the shape that OpenEthereum had: {@code trace_*}. */
final class ParityTraceMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ParityTraceMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("trace_block", ParityTraceMethods::parityBlock);
    methods.put("trace_transaction", ParityTraceMethods::ofTransaction);
    methods.put("trace_get", ParityTraceMethods::one);
    methods.put("trace_filter", ParityTraceMethods::filter);
    methods.put("trace_replayTransaction", ParityTraceMethods::replay);
    methods.put("trace_replayBlockTransactions", ParityTraceMethods::replayBlock);
  }

  private static JsonNode ofTransaction(ChainSnapshot chain, Params params) {
    Place place = BlockMethods.place(chain, params);
    if (place == null) {
      return BlockMethods.none();
    }
    Block block = chain.block(place.block());
    return JSON.arrayNode().add(parityTrace(block, block.receipts().get(place.index())));
  }

  /** Each transaction has one trace, at the empty address. */
  private static JsonNode one(ChainSnapshot chain, Params params) {
    JsonNode address = params.required(1);
    JsonNode traces = ofTransaction(chain, params);
    return traces.isNull() || !address.isEmpty() ? BlockMethods.none() : traces.get(0);
  }

  private static JsonNode replay(ChainSnapshot chain, Params params) {
    Place place = BlockMethods.place(chain, params);
    if (place == null) {
      throw RpcFailure.server("transaction not found");
    }
    Block block = chain.block(place.block());
    return replayed(block, block.receipts().get(place.index()), params);
  }

  private static JsonNode replayBlock(ChainSnapshot chain, Params params) {
    Block block = BlockMethods.block(chain, params);
    ArrayNode all = JSON.arrayNode();
    for (Receipt receipt : block.receipts()) {
      ObjectNode json = replayed(block, receipt, params);
      json.put("transactionHash", receipt.transaction().hash());
      all.add(json);
    }
    return all;
  }

  private static ObjectNode replayed(Block block, Receipt receipt, Params params) {
    String types = Meaning.of(params.required(1));
    ObjectNode json = JSON.objectNode();
    json.put("output", TraceMethods.output(block, receipt, types));
    json.putNull("stateDiff");
    json.putArray("trace").add(parityTrace(block, receipt));
    json.putNull("vmTrace");
    return json;
  }

  private static JsonNode filter(ChainSnapshot chain, Params params) {
    JsonNode filter = LogMethods.filter(params);
    Set<String> from = addresses(filter.path("fromAddress"));
    Set<String> to = addresses(filter.path("toAddress"));
    long first = LogFilter.end(chain, filter.path("fromBlock"));
    long last = Math.min(LogFilter.end(chain, filter.path("toBlock")), chain.head().number());
    long skipped = filter.path("after").asLong(0);
    long most = filter.path("count").asLong(Long.MAX_VALUE);
    ArrayNode traces = JSON.arrayNode();
    for (long number = first; number <= last; number++) {
      BlockRef ref = chain.byNumber(number);
      if (ref != null) {
        Block block = chain.block(ref);
        for (Receipt receipt : block.receipts()) {
          boolean wanted = fits(receipt.transaction(), from, to) && skipped-- <= 0;
          if (wanted && traces.size() < most) {
            traces.add(parityTrace(block, receipt));
          }
        }
      }
    }
    return traces;
  }

  private static Set<String> addresses(JsonNode list) {
    Set<String> addresses = new HashSet<>();
    list.forEach(address -> addresses.add(address.asText().toLowerCase(Locale.ROOT)));
    return addresses;
  }

  private static boolean fits(Transaction transaction, Set<String> from, Set<String> to) {
    String receiver = transaction.fields().to();
    return (from.isEmpty() || from.contains(transaction.from()))
        && (to.isEmpty() || (receiver != null && to.contains(receiver)));
  }

  private static JsonNode parityBlock(ChainSnapshot chain, Params params) {
    Block block = BlockMethods.block(chain, params);
    ArrayNode traces = JSON.arrayNode();
    for (Receipt receipt : block.receipts()) {
      traces.add(parityTrace(block, receipt));
    }
    return traces;
  }

  private static ObjectNode parityTrace(Block block, Receipt receipt) {
    TransactionFields fields = receipt.transaction().fields();
    ObjectNode trace = JSON.objectNode();
    ObjectNode action = trace.putObject("action");
    action.put("from", receipt.transaction().from());
    action.put("gas", Hex.quantity(fields.gas()));
    action.put("value", Hex.quantity(fields.value()));
    if (fields.to() == null) {
      action.put("init", fields.input());
    } else {
      action.put("callType", "call").put("to", fields.to()).put("input", fields.input());
    }
    trace.put("blockHash", block.hash());
    trace.put("blockNumber", block.number());
    if (receipt.succeeded()) {
      trace
          .putObject("result")
          .put("gasUsed", Hex.quantity(receipt.gasUsed()))
          .put("output", TraceMethods.output(block, receipt, ""));
    } else {
      trace.put("error", "Reverted");
    }
    trace.put("subtraces", 0);
    trace.putArray("traceAddress");
    trace.put("transactionHash", receipt.transaction().hash());
    trace.put("transactionPosition", receipt.index());
    trace.put("type", fields.to() == null ? "create" : "call");
    return trace;
  }
}
