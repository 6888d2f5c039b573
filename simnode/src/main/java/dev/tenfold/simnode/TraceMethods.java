package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.simnode.ChainSnapshot.Place;
import java.util.Map;

/** Traces in the shape of geth's {@code callTracer}, and {@code trace_block} as others have it. */
final class TraceMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TraceMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("debug_traceTransaction", TraceMethods::traceTransaction);
    methods.put("debug_traceBlockByNumber", TraceMethods::traceBlock);
    methods.put("debug_traceBlockByHash", TraceMethods::traceBlock);
    methods.put("trace_block", TraceMethods::parityBlock);
  }

  private static JsonNode traceTransaction(ChainSnapshot chain, Params params) {
    Place place = BlockMethods.place(chain, params);
    if (place == null) {
      throw RpcFailure.server("transaction not found");
    }
    Block block = chain.block(place.block());
    return frame(block, block.receipts().get(place.index()));
  }

  private static JsonNode traceBlock(ChainSnapshot chain, Params params) {
    Block block = BlockMethods.block(chain, params);
    ArrayNode traces = JSON.arrayNode();
    for (Receipt receipt : block.receipts()) {
      ObjectNode trace = traces.addObject();
      trace.put("txHash", receipt.transaction().hash());
      trace.set("result", frame(block, receipt));
    }
    return traces;
  }

  private static ObjectNode frame(Block block, Receipt receipt) {
    TransactionFields fields = receipt.transaction().fields();
    ObjectNode frame = JSON.objectNode();
    frame.put("from", receipt.transaction().from());
    frame.put("gas", Hex.quantity(fields.gas()));
    frame.put("gasUsed", Hex.quantity(receipt.gasUsed()));
    frame.put("to", fields.to() == null ? receipt.contract() : fields.to());
    frame.put("input", fields.input());
    frame.put("output", output(block, receipt));
    frame.put("value", Hex.quantity(fields.value()));
    frame.put("type", fields.to() == null ? "CREATE" : "CALL");
    if (!receipt.succeeded()) {
      frame.put("error", "execution reverted");
    }
    return frame;
  }

  private static String output(Block block, Receipt receipt) {
    return Keccak.hex(receipt.transaction().hash() + block.hash());
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
          .put("output", output(block, receipt));
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
