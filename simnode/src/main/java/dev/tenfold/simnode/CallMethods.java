package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Calls that are carried out on the state of a block and leave nothing behind. What comes out is,
 * but for a few constants of tokens, a pure function of the call, the overrides and the block's
 * hash.
 */
final class CallMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The code of {@code sim_revert()}: each call of it reverts. */
  static final String REVERTING = Keccak.hex("sim_revert()").substring(0, 10);

  private static final String DECIMALS = "0x313ce567";
  private static final String SYMBOL = "0x95d89b41";
  private static final String NAME = "0x06fdde03";

  private CallMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("eth_call", CallMethods::call);
    methods.put("eth_estimateGas", CallMethods::estimate);
    methods.put("eth_createAccessList", CallMethods::accessList);
    methods.put("eth_simulateV1", CallMethods::simulate);
  }

  private static JsonNode call(ChainSnapshot chain, Params params) {
    JsonNode call = callObject(params);
    BlockRef block = StateMethods.block(chain, params, 1);
    String input = input(call);
    refuseReverting(input);
    return JSON.textNode(
        switch (input) {
          case DECIMALS -> Hex.word(BigInteger.valueOf(18));
          case SYMBOL -> Abi.string("SIM");
          case NAME -> Abi.string("Simulated token");
          default -> StateMethods.word("call", subject(call) + Meaning.from(2, params), block);
        });
  }

  private static JsonNode estimate(ChainSnapshot chain, Params params) {
    JsonNode call = callObject(params);
    BlockRef block = StateMethods.block(chain, params, 1);
    String input = input(call);
    refuseReverting(input);
    int bytes = input.length() / 2 - 1;
    int extra = bytes == 0 && call.hasNonNull("to") ? 0 : 32_000 + 16 * bytes + gas(call, block);
    return BlockMethods.quantity(21_000 + extra);
  }

  static int gas(JsonNode call, BlockRef block) {
    byte[] hash = StateMethods.derive("gas", subject(call), block);
    return (hash[0] & 0xff) << 8 | (hash[1] & 0xff);
  }

  private static JsonNode accessList(ChainSnapshot chain, Params params) {
    JsonNode call = callObject(params);
    BlockRef block = StateMethods.block(chain, params, 1);
    ObjectNode json = JSON.objectNode();
    ObjectNode entry = json.putArray("accessList").addObject();
    entry.put("address", call.path("to").asText("0x" + "0".repeat(40)).toLowerCase(Locale.ROOT));
    entry.putArray("storageKeys").add(StateMethods.word("accessList", subject(call), block));
    json.put("gasUsed", Hex.quantity(53_000 + gas(call, block)));
    return json;
  }

  private static JsonNode simulate(ChainSnapshot chain, Params params) {
    JsonNode wanted = params.required(0).path("blockStateCalls");
    if (!wanted.isArray()) {
      throw RpcFailure.invalidParams("invalid argument 0: blockStateCalls is needed");
    }
    BlockRef block = StateMethods.block(chain, params, 1);
    ArrayNode blocks = JSON.arrayNode();
    long number = block.number();
    for (JsonNode each : wanted) {
      ObjectNode json = blocks.addObject();
      json.put("number", Hex.quantity(++number));
      json.put("hash", StateMethods.word("simulated" + number, Meaning.of(each), block));
      ArrayNode calls = json.putArray("calls");
      for (JsonNode call : each.path("calls")) {
        ObjectNode result = calls.addObject();
        result.put("returnData", StateMethods.word("simulate", subject(callObject(call)), block));
        result.put("gasUsed", Hex.quantity(21_000 + gas(call, block)));
        result.put("status", "0x1");
        result.putArray("logs");
      }
    }
    return blocks;
  }

  static JsonNode callObject(Params params) {
    return callObject(params.required(0));
  }

  static JsonNode callObject(JsonNode call) {
    if (!call.isObject()) {
      throw RpcFailure.invalidParams("invalid argument 0: a transaction object is needed");
    }
    return call;
  }

  static String input(JsonNode call) {
    JsonNode input = call.hasNonNull("input") ? call.path("input") : call.path("data");
    return Params.parseData(input.asText("0x"), -1, 0);
  }

  /** What a call means, whatever the order of its members and the case of its digits. */
  static String subject(JsonNode call) {
    ObjectNode rest = call.deepCopy();
    rest.remove(List.of("input", "data"));
    return input(call) + Meaning.of(rest);
  }

  static void refuseReverting(String input) {
    if (input.startsWith(REVERTING)) {
      String reason = "simulated revert";
      throw new RpcFailure(RpcFailure.REVERTED, "execution reverted: " + reason, Abi.error(reason));
    }
  }
}
