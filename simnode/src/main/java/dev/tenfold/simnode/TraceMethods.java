package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenfold.simnode.ChainSnapshot.Place;
import java.util.Map;

/**
 * Traces of what is in blocks, in the shape of geth's {@code callTracer}. The output tells the
 * transaction, the block and the tracer that was asked for.
 */
final class TraceMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TraceMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("debug_traceTransaction", TraceMethods::traceTransaction);
    methods.put("debug_traceBlockByNumber", TraceMethods::traceBlock);
    methods.put("debug_traceBlockByHash", TraceMethods::traceBlock);
  }

  private static JsonNode traceTransaction(ChainSnapshot chain, Params params) {
    Place place = BlockMethods.place(chain, params);
    if (place == null) {
      throw RpcFailure.server("transaction not found");
    }
    Block block = chain.block(place.block());
    return frame(block, block.receipts().get(place.index()), Meaning.from(1, params));
  }

  private static JsonNode traceBlock(ChainSnapshot chain, Params params) {
    Block block = BlockMethods.block(chain, params);
    ArrayNode traces = JSON.arrayNode();
    for (Receipt receipt : block.receipts()) {
      ObjectNode trace = traces.addObject();
      trace.put("txHash", receipt.transaction().hash());
      trace.set("result", frame(block, receipt, Meaning.from(1, params)));
    }
    return traces;
  }

  private static ObjectNode frame(Block block, Receipt receipt, String config) {
    TransactionFields fields = receipt.transaction().fields();
    ObjectNode frame = JSON.objectNode();
    frame.put("from", receipt.transaction().from());
    frame.put("gas", Hex.quantity(fields.gas()));
    frame.put("gasUsed", Hex.quantity(receipt.gasUsed()));
    frame.put("to", fields.to() == null ? receipt.contract() : fields.to());
    frame.put("input", fields.input());
    frame.put("output", output(block, receipt, config));
    frame.put("value", Hex.quantity(fields.value()));
    frame.put("type", fields.to() == null ? "CREATE" : "CALL");
    if (!receipt.succeeded()) {
      frame.put("error", "execution reverted");
    }
    return frame;
  }

  static String output(Block block, Receipt receipt, String config) {
    return Keccak.hex(receipt.transaction().hash() + block.hash() + config);
  }
}
