package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** Traces of calls that are in no block. The output tells the call, the tracer and the block. */
final class TraceCallMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TraceCallMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("debug_traceCall", TraceCallMethods::gethCall);
    methods.put("debug_traceCallMany", TraceCallMethods::gethCalls);
    methods.put("trace_call", TraceCallMethods::parityCall);
    methods.put("trace_callMany", TraceCallMethods::parityCalls);
  }

  private static JsonNode gethCall(ChainSnapshot chain, Params params) {
    JsonNode call = CallMethods.callObject(params);
    BlockRef block = StateMethods.block(chain, params, 1);
    return frame(call, Meaning.from(2, params), block);
  }

  /** Erigon: bundles of transactions, and the block in an object beside an index. */
  private static JsonNode gethCalls(ChainSnapshot chain, Params params) {
    JsonNode bundles = params.required(0);
    JsonNode context = params.required(1);
    BlockRef block = StateMethods.block(chain, BlockId.numberOrTag(context.path("blockNumber"), 1));
    String rest = context.path("transactionIndex").asText("-1") + Meaning.from(2, params);
    ArrayNode all = JSON.arrayNode();
    for (JsonNode bundle : bundles) {
      ArrayNode frames = all.addArray();
      for (JsonNode call : bundle.path("transactions")) {
        frames.add(frame(CallMethods.callObject(call), rest, block));
      }
    }
    return all;
  }

  private static ObjectNode frame(JsonNode call, String config, BlockRef block) {
    ObjectNode frame = JSON.objectNode();
    frame.put("from", address(call, "from"));
    frame.put("gas", "0x1c9c380");
    frame.put("gasUsed", Hex.quantity(21_000 + CallMethods.gas(call, block)));
    if (call.hasNonNull("to")) {
      frame.put("to", address(call, "to"));
    }
    frame.put("input", CallMethods.input(call));
    frame.put("output", StateMethods.word("traceCall", CallMethods.subject(call) + config, block));
    frame.put("type", call.hasNonNull("to") ? "CALL" : "CREATE");
    return frame;
  }

  private static String address(JsonNode call, String name) {
    return call.path(name).asText("0x" + "0".repeat(40)).toLowerCase(Locale.ROOT);
  }

  private static JsonNode parityCall(ChainSnapshot chain, Params params) {
    JsonNode call = CallMethods.callObject(params);
    JsonNode types = params.required(1);
    return outcome(call, types, StateMethods.block(chain, params, 2));
  }

  private static JsonNode parityCalls(ChainSnapshot chain, Params params) {
    JsonNode calls = params.required(0);
    BlockRef block = StateMethods.block(chain, params, 1);
    ArrayNode outcomes = JSON.arrayNode();
    for (JsonNode pair : calls) {
      outcomes.add(outcome(CallMethods.callObject(pair.path(0)), pair.path(1), block));
    }
    return outcomes;
  }

  private static ObjectNode outcome(JsonNode call, JsonNode types, BlockRef block) {
    String subject = CallMethods.subject(call) + Meaning.of(types);
    ObjectNode json = JSON.objectNode();
    json.put("output", StateMethods.word("parityCall", subject, block));
    json.putNull("stateDiff");
    ArrayNode traces = json.putArray("trace");
    ObjectNode trace = traces.addObject();
    ObjectNode action = trace.putObject("action");
    action.put("callType", "call").put("input", CallMethods.input(call));
    trace
        .putObject("result")
        .put("gasUsed", Hex.quantity(CallMethods.gas(call, block)))
        .put("output", StateMethods.word("parityCall", subject, block));
    trace.put("subtraces", 0);
    trace.putArray("traceAddress");
    trace.put("type", "call");
    json.putNull("vmTrace");
    return json;
  }
}
