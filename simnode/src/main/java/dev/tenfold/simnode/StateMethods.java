package dev.tenfold.simnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;

/**
 * State: a pure function of the method, its parameters and the hash of the block. So any answer
 * that belongs to another block shows.
 */
final class StateMethods {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The code of {@code sim_revert()}: each call of it reverts. */
  static final String REVERTING = Keccak.hex("sim_revert()").substring(0, 10);

  private static final String DECIMALS = "0x313ce567";
  private static final String SYMBOL = "0x95d89b41";
  private static final String NAME = "0x06fdde03";
  private static final BigInteger THOUSAND_ETHER = BigInteger.TEN.pow(21);

  private StateMethods() {}

  static void register(Map<String, MethodHandler> methods) {
    methods.put("eth_getBalance", StateMethods::balance);
    methods.put("eth_getCode", StateMethods::code);
    methods.put("eth_getStorageAt", StateMethods::storage);
    methods.put("eth_getTransactionCount", StateMethods::nonce);
    methods.put("eth_getProof", StateMethods::proof);
    methods.put("eth_call", StateMethods::call);
    methods.put("eth_estimateGas", StateMethods::estimate);
    methods.put("eth_createAccessList", StateMethods::accessList);
  }

  /** The block whose state is asked for; without it the call fails as on real nodes. */
  private static BlockRef block(ChainSnapshot chain, Params params, int index) {
    BlockId id = params.block(index);
    BlockRef ref = chain.resolve(id);
    if (ref != null) {
      return ref;
    }
    throw id instanceof BlockId.Hash hash
        ? new RpcFailure(
            RpcFailure.RESOURCE_NOT_FOUND, "header for hash " + hash.hash() + " not found")
        : RpcFailure.server("header not found");
  }

  private static byte[] derive(String what, String subject, BlockRef block) {
    return Keccak.hash(what + "|" + subject + "|" + block.hash());
  }

  private static JsonNode balance(ChainSnapshot chain, Params params) {
    return JSON.textNode(balance(params.address(0), block(chain, params, 1)));
  }

  private static String balance(String address, BlockRef block) {
    byte[] hash = derive("balance", address, block);
    BigInteger random = new BigInteger(1, hash).shiftRight(256 - 66);
    return Hex.quantity(THOUSAND_ETHER.add(random));
  }

  private static JsonNode code(ChainSnapshot chain, Params params) {
    return JSON.textNode(code(chain, params.address(0), block(chain, params, 1)));
  }

  /** Contracts have code whose last word tells the block; other addresses have none. */
  private static String code(ChainSnapshot chain, String address, BlockRef block) {
    return chain.book().source().population().contracts().contains(address)
        ? "0x60806040526004361061001e5760003560e01c" + word("code", address, block).substring(2)
        : "0x";
  }

  private static JsonNode storage(ChainSnapshot chain, Params params) {
    String address = params.address(0);
    String slot = slot(params.text(1));
    return JSON.textNode(word("storage", address + "|" + slot, block(chain, params, 2)));
  }

  private static String slot(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (!digits.matches("[0-9a-fA-F]{1,64}")) {
      throw RpcFailure.invalidParams("unable to decode storage key: \"" + text + "\"");
    }
    return Hex.word(new BigInteger(digits, 16));
  }

  private static String word(String what, String subject, BlockRef block) {
    return Hex.data(derive(what, subject, block));
  }

  private static JsonNode nonce(ChainSnapshot chain, Params params) {
    String address = params.address(0);
    long nonce = nonce(chain, address, block(chain, params, 1));
    if (params.block(1) == BlockId.Tag.PENDING) {
      nonce = pendingNonce(chain, address, nonce);
    }
    return BlockMethods.quantity(nonce);
  }

  /** Counted for those who send here, invented for the accounts of invented transactions. */
  static long nonce(ChainSnapshot chain, String address, BlockRef block) {
    if (chain.book().source().population().accounts().contains(address)) {
      return derive("nonce", address, block)[0] & 0xff;
    }
    return block.nonces().getOrDefault(address, 0L);
  }

  private static long pendingNonce(ChainSnapshot chain, String address, long nonce) {
    long next = nonce;
    while (true) {
      long wanted = next;
      boolean waits =
          chain.pool().stream()
              .anyMatch(t -> t.from().equals(address) && t.fields().nonce() == wanted);
      if (!waits) {
        return next;
      }
      next++;
    }
  }

  private static JsonNode proof(ChainSnapshot chain, Params params) {
    String address = params.address(0);
    JsonNode keys = params.required(1);
    BlockRef block = block(chain, params, 2);
    ObjectNode json = JSON.objectNode();
    json.put("address", address);
    json.putArray("accountProof").add(word("accountProof", address, block));
    json.put("balance", balance(address, block));
    json.put("codeHash", Keccak.hex(Hex.bytes(code(chain, address, block))));
    json.put("nonce", Hex.quantity(nonce(chain, address, block)));
    json.put("storageHash", word("storageHash", address, block));
    ArrayNode proofs = json.putArray("storageProof");
    for (JsonNode key : keys) {
      String slot = slot(key.asText());
      ObjectNode proof = proofs.addObject();
      proof.put("key", key.asText());
      proof.put(
          "value", Hex.quantity(new BigInteger(1, derive("storage", address + "|" + slot, block))));
      proof.putArray("proof").add(word("storageProof", address + "|" + slot, block));
    }
    return json;
  }

  private static JsonNode call(ChainSnapshot chain, Params params) {
    JsonNode call = callObject(params);
    BlockRef block = block(chain, params, 1);
    String input = input(call);
    refuseReverting(input);
    return JSON.textNode(
        switch (input) {
          case DECIMALS -> Hex.word(BigInteger.valueOf(18));
          case SYMBOL -> Abi.string("SIM");
          case NAME -> Abi.string("Simulated token");
          default -> word("call", subject(call, input), block);
        });
  }

  private static JsonNode estimate(ChainSnapshot chain, Params params) {
    JsonNode call = callObject(params);
    BlockRef block = block(chain, params, 1);
    String input = input(call);
    refuseReverting(input);
    int bytes = input.length() / 2 - 1;
    int extra =
        bytes == 0 && call.hasNonNull("to") ? 0 : 32_000 + 16 * bytes + gas(call, input, block);
    return BlockMethods.quantity(21_000 + extra);
  }

  private static int gas(JsonNode call, String input, BlockRef block) {
    byte[] hash = derive("gas", subject(call, input), block);
    return (hash[0] & 0xff) << 8 | (hash[1] & 0xff);
  }

  private static JsonNode accessList(ChainSnapshot chain, Params params) {
    JsonNode call = callObject(params);
    BlockRef block = block(chain, params, 1);
    String input = input(call);
    ObjectNode json = JSON.objectNode();
    ObjectNode entry = json.putArray("accessList").addObject();
    entry.put("address", call.path("to").asText("0x" + "0".repeat(40)).toLowerCase(Locale.ROOT));
    entry.putArray("storageKeys").add(word("accessList", subject(call, input), block));
    json.put("gasUsed", Hex.quantity(53_000 + gas(call, input, block)));
    return json;
  }

  private static JsonNode callObject(Params params) {
    JsonNode call = params.required(0);
    if (!call.isObject()) {
      throw RpcFailure.invalidParams("invalid argument 0: a transaction object is needed");
    }
    return call;
  }

  private static String input(JsonNode call) {
    JsonNode input = call.hasNonNull("input") ? call.path("input") : call.path("data");
    return Params.parseData(input.asText("0x"), -1, 0);
  }

  /** What a call means, whatever the order of its members and the case of its digits. */
  private static String subject(JsonNode call, String input) {
    StringBuilder subject = new StringBuilder(input);
    for (String name : new String[] {"from", "to", "value", "gas"}) {
      subject.append('|').append(call.path(name).asText("").toLowerCase(Locale.ROOT));
    }
    return subject.toString();
  }

  private static void refuseReverting(String input) {
    if (input.startsWith(REVERTING)) {
      String reason = "simulated revert";
      throw new RpcFailure(RpcFailure.REVERTED, "execution reverted: " + reason, Abi.error(reason));
    }
  }
}
